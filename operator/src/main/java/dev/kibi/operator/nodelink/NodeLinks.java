package dev.kibi.operator.nodelink;

import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The control links of all clusters: one per pod that has an address. What they know stays in
 * memory; the reconciler is woken when a plan may depend on what changed, never by a heartbeat.
 */
public final class NodeLinks implements AutoCloseable {

  /** The links of one cluster, by pod uid, and the topology they pass on. */
  private record Links(
      String clusterUid, LatestTopology topology, Map<String, ControlLink> byPodUid) {
    void close() {
      byPodUid.values().forEach(ControlLink::close);
    }
  }

  private final LinkSettings settings;
  private final PeerSockets sockets;
  private final Consumer<ClusterKey> wake;
  private final RefusedFrames refused = new RefusedFrames();
  private final ConcurrentHashMap<ClusterKey, Links> clusters = new ConcurrentHashMap<>();

  /** Links that call {@code wake} with the cluster that needs a new plan. */
  public NodeLinks(LinkSettings settings, PeerSockets sockets, Consumer<ClusterKey> wake) {
    this.settings = settings;
    this.sockets = sockets;
    this.wake = wake;
  }

  /** Makes the links of a cluster those of the given pods. */
  public void sync(ClusterKey cluster, String clusterUid, Collection<PodAddress> pods) {
    clusters.compute(
        cluster,
        (key, existing) -> {
          Links links = existing;
          if (links != null && !links.clusterUid().equals(clusterUid)) {
            links.close();
            links = null;
          }
          if (links == null) {
            links = new Links(clusterUid, new LatestTopology(), new ConcurrentHashMap<>());
          }
          closeGone(links, pods);
          open(key, links, pods);
          return links;
        });
  }

  /** What the link to a pod knows, if there is one. */
  public Optional<LinkView> view(ClusterKey cluster, String podUid) {
    return Optional.ofNullable(clusters.get(cluster))
        .map(links -> links.byPodUid().get(podUid))
        .map(ControlLink::view);
  }

  /**
   * Sends a topology to every node of the cluster, now and on every later connect, until there is a
   * newer one.
   */
  public void push(ClusterKey cluster, Topology topology) {
    Links links = clusters.get(cluster);
    if (links != null) {
      links.topology().offer(topology);
    }
  }

  /** Sends an order to the node of a pod, if there is a link to it. */
  public void order(ClusterKey cluster, String podUid, Frame order) {
    Links links = clusters.get(cluster);
    ControlLink link = links == null ? null : links.byPodUid().get(podUid);
    if (link != null) {
      link.order(order);
    }
  }

  /** Closes the links of a cluster that is gone. */
  public void close(ClusterKey cluster) {
    Links links = clusters.remove(cluster);
    if (links != null) {
      links.close();
    }
  }

  /** How many links there are, by state. */
  public Map<LinkState, Integer> count() {
    Map<LinkState, Integer> counts = new HashMap<>();
    clusters
        .values()
        .forEach(links ->
            links
                .byPodUid()
                .values()
                .forEach(link -> counts.merge(link.view().state(), 1, Integer::sum)));
    return counts;
  }

  /** What was refused on the links of all clusters. */
  public RefusedFrames refused() {
    return refused;
  }

  @Override
  public void close() {
    List<ClusterKey> keys = new ArrayList<>(clusters.keySet());
    keys.forEach(this::close);
  }

  private static void closeGone(Links links, Collection<PodAddress> pods) {
    links
        .byPodUid()
        .values()
        .removeIf(link -> {
          boolean gone = !pods.contains(link.pod());
          if (gone) {
            link.close();
          }
          return gone;
        });
  }

  private void open(ClusterKey cluster, Links links, Collection<PodAddress> pods) {
    for (PodAddress pod : pods) {
      links
          .byPodUid()
          .computeIfAbsent(
              pod.podUid(),
              _ ->
                  new ControlLink(
                          cluster,
                          links.clusterUid(),
                          pod,
                          settings,
                          sockets,
                          links.topology(),
                          refused,
                          () -> wake.accept(cluster))
                      .start());
    }
  }
}
