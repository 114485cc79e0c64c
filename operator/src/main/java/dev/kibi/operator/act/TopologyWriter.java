package dev.kibi.operator.act;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.operator.plan.Step;
import dev.kibi.protocol.topology.Topology;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the steps of one cluster by compare-and-set, one at a time.
 *
 * <p>A request without an answer may still be applied, now or later. Until a version above the
 * expected one is seen, the very same request (same content, same operation id, so that at most one
 * applies) is sent again, and no other (protocol.md section 1, M: KnownMeansNewer).
 */
public final class TopologyWriter {

  private record Open(Step step, String opId) {}

  private final Authority authority;
  private @Nullable Open open;

  public TopologyWriter(Authority authority) {
    this.authority = authority;
  }

  /** The stored topology, read anew. */
  public Optional<Topology> read() {
    return authority.get().map(StoredTopology::topology);
  }

  /**
   * Sends an open request again, unless what is known already tells its outcome.
   *
   * @param knownVersion the newest version known, 0 for none
   * @return what became of the open request, or nothing when there was none
   */
  public Optional<Settled> settle(long knownVersion) {
    Open request = open;
    if (request == null) {
      return Optional.empty();
    }
    if (knownVersion > request.step().expectedVersion()) {
      open = null;
      return Optional.empty();
    }
    return Optional.of(new Settled(request.step(), send(request)));
  }

  /** Writes a step; not to be called while {@link #settle} reports an unknown outcome. */
  public Outcome write(Step step) {
    return send(new Open(step, UUID.randomUUID().toString()));
  }

  private Outcome send(Open request) {
    try {
      CasOutcome outcome =
          authority.compareAndSet(
              request.step().expectedVersion(), request.step().next(), request.opId());
      open = null;
      return switch (outcome) {
        case CasOutcome.Applied applied -> new Outcome.Done(applied.stored().topology());
        case CasOutcome.Conflict conflict -> new Outcome.Overtaken(conflict.current().topology());
        case CasOutcome.Refused refused -> new Outcome.Refused(refused.reason());
      };
    } catch (AuthorityUnavailableException e) {
      open = request;
      return new Outcome.Unknown(String.valueOf(e.getMessage()));
    }
  }

  /** A step that was open, and what became of it. */
  public record Settled(Step step, Outcome outcome) {}
}
