package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.model.DesiredCluster;
import dev.kibi.operator.plan.Goal;
import java.util.Map;

/** What a spec means for the planner. */
final class Goals {
  private Goals() {}

  /**
   * A spec that cannot be done pauses the cluster: it stays what it is, and lost masters are still
   * replaced.
   */
  static Goal of(CacheCluster cluster, DesiredCluster desired, boolean accepted) {
    Map<String, String> annotations = cluster.getMetadata().getAnnotations();
    return new Goal(
        desired.uid(),
        Math.max(1, desired.shards()),
        desired.replicas(),
        desired.durability(),
        desired.maxConcurrentMoves(),
        desired.rebalancePaused(),
        desired.paused() || !accepted,
        annotations == null ? "" : annotations.getOrDefault(Goal.RECOVER_UNCLEANLY, ""));
  }
}
