package dev.kibi.operator.controller;

import dev.kibi.crds.CacheClusterStatus;
import dev.kibi.crds.RebalanceStatus;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.LinkState;
import dev.kibi.operator.nodelink.NodeLinks;
import dev.kibi.operator.nodelink.RefusedFrames;
import dev.kibi.protocol.topology.Topology;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures about each cluster, from its last status, and about the control links. */
final class ClusterMetrics {
  private static final String LOSSES = "kibi.cluster.unclean.recoveries";

  private final ConcurrentHashMap<ClusterKey, CacheClusterStatus> statuses =
      new ConcurrentHashMap<>();

  private final MeterRegistry registry;
  private final MultiGauge ready;
  private final MultiGauge dataIntact;
  private final MultiGauge shards;
  private final MultiGauge pendingSlots;
  private final MultiGauge movingSlots;

  ClusterMetrics(MeterRegistry registry, NodeLinks links) {
    this.registry = registry;
    ready = MultiGauge.builder("kibi.cluster.ready").register(registry);
    dataIntact = MultiGauge.builder("kibi.cluster.data.intact").register(registry);
    shards = MultiGauge.builder("kibi.cluster.shards").register(registry);
    pendingSlots = MultiGauge.builder("kibi.cluster.slots.pending").register(registry);
    movingSlots = MultiGauge.builder("kibi.cluster.slots.moving").register(registry);
    for (LinkState state : LinkState.values()) {
      registry.gauge(
          "kibi.operator.links",
          Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
          links,
          all -> all.count().getOrDefault(state, 0));
    }
    for (RefusedFrames.Reason reason : RefusedFrames.Reason.values()) {
      FunctionCounter.builder("kibi.operator.frames.refused", links.refused(), r -> r.total(reason))
          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
          .description("Frames of nodes that had no effect")
          .register(registry);
    }
  }

  void show(ClusterKey cluster, CacheClusterStatus status) {
    boolean isNew = statuses.put(cluster, status) == null;
    if (isNew) {
      register();
      FunctionCounter.builder(LOSSES, statuses, all -> losses(all.get(cluster)))
          .tags(tags(cluster))
          .description("Generations of the stored topology after the first")
          .register(registry);
    }
  }

  void forget(ClusterKey cluster) {
    statuses.remove(cluster);
    registry.find(LOSSES).tags(tags(cluster)).meters().forEach(registry::remove);
    register();
  }

  private void register() {
    rows(ready, status -> isTrue(status, "Ready") ? 1 : 0);
    rows(dataIntact, status -> isTrue(status, "DataIntact") ? 1 : 0);
    rows(shards, status -> status.getShards() == null ? 0 : status.getShards());
    rows(pendingSlots, status -> rebalance(status).getPendingSlots());
    rows(movingSlots, status -> rebalance(status).getMovingSlots());
  }

  private void rows(MultiGauge gauge, ToDoubleFunction<CacheClusterStatus> value) {
    gauge.register(
        statuses.keySet().stream()
            .map(cluster ->
                MultiGauge.Row.of(
                    tags(cluster),
                    () ->
                        value.applyAsDouble(
                            statuses.getOrDefault(cluster, new CacheClusterStatus()))))
            .toList(),
        true);
  }

  /** How often the stored generation has risen. */
  private static double losses(@Nullable CacheClusterStatus status) {
    Long generation = status == null ? null : status.getDataGeneration();
    return generation == null ? 0 : generation - Topology.FIRST_GENERATION;
  }

  private static Tags tags(ClusterKey cluster) {
    return Tags.of("namespace", cluster.namespace(), "cluster", cluster.name());
  }

  private static boolean isTrue(CacheClusterStatus status, String type) {
    return status.getConditions().stream()
        .anyMatch(
            condition -> condition.getType().equals(type) && condition.getStatus().equals("True"));
  }

  private static RebalanceStatus rebalance(CacheClusterStatus status) {
    RebalanceStatus rebalance = status.getRebalance();
    return rebalance == null ? new RebalanceStatus() : rebalance;
  }
}
