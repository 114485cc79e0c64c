package dev.kibi.operator.observe;

import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.protocol.topology.Topology;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest topology known of each cluster. The informer is a little late: what the operator
 * itself wrote, or read afresh, is known before its event comes, and planning on the version before
 * it would only end in a conflict.
 */
public final class TopologyCache {

  /**
   * @param topology the newest known
   * @param stored whether the informer has shown the object; when it shows none after that, the
   *     object is gone
   */
  private record Entry(Topology topology, boolean stored) {}

  private final ConcurrentHashMap<ClusterKey, Entry> entries = new ConcurrentHashMap<>();

  /** The newest topology, given what the informer shows now. */
  public Optional<Topology> current(
      ClusterKey cluster, String clusterUid, Optional<Topology> informer) {
    Entry entry =
        entries.compute(
            cluster,
            (_, known) ->
                informer.map(shown -> merge(known, shown)).orElse(kept(known, clusterUid)));
    return Optional.ofNullable(entry).map(Entry::topology);
  }

  /** The newest version known without asking, 0 for none. */
  public long version(ClusterKey cluster) {
    Entry entry = entries.get(cluster);
    return entry == null ? 0 : entry.topology().version();
  }

  /** Takes a topology that was written or read directly. */
  public void remember(ClusterKey cluster, Topology topology) {
    entries.compute(
        cluster,
        (_, known) ->
            known != null && isNewer(known.topology(), topology)
                ? known
                : new Entry(topology, known != null && known.stored()));
  }

  public void forget(ClusterKey cluster) {
    entries.remove(cluster);
  }

  private static Entry merge(@Nullable Entry known, Topology shown) {
    return new Entry(
        known != null && isNewer(known.topology(), shown) ? known.topology() : shown, true);
  }

  /** Without an object, only what was written and not shown yet still counts. */
  private static @Nullable Entry kept(@Nullable Entry known, String clusterUid) {
    return known != null && !known.stored() && known.topology().clusterUid().equals(clusterUid)
        ? known
        : null;
  }

  private static boolean isNewer(Topology known, Topology other) {
    return known.clusterUid().equals(other.clusterUid()) && known.version() > other.version();
  }
}
