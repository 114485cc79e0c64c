package dev.kibi.crds.authority;

import dev.kibi.protocol.topology.Topology;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The only door to a cluster's stored topology; every call may block and may fail with {@link
 * AuthorityUnavailableException}.
 *
 * <p>Of a compare-and-set that ends in that exception nothing is known: it may have been applied,
 * may be applied later, or never. The caller keeps the safe side of both outcomes and sends the
 * very same request again (same {@code next}, same {@code opId}: at most one is applied) until it
 * sees a version above {@code expectedVersion}; seeing the expected version once more proves
 * nothing. What happened is then read from the content, because the operation id of the stored
 * object is that of its last writer only.
 */
public interface Authority {

  /**
   * The stored topology, read anew; empty when there is none, which a node takes as unavailable.
   */
  Optional<StoredTopology> get();

  /**
   * Stores {@code next} if the stored version is {@code expectedVersion}, where 0 means that
   * nothing is stored yet.
   *
   * @param opId names the operation: new for a new one, the same when one is sent again
   */
  CasOutcome compareAndSet(long expectedVersion, Topology next, String opId);

  /**
   * Hands over the stored topology and each later one, one at a time and in order; some in between
   * may be left out. What cannot be read is waited out, not reported.
   */
  TopologyWatch watch(Consumer<Topology> onTopology);
}
