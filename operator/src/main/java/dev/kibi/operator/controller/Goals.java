package dev.kibi.operator.controller;

import dev.kibi.operator.model.DesiredCluster;
import dev.kibi.operator.plan.Goal;

/** What a spec means for the planner. */
final class Goals {
  private Goals() {}

  /**
   * A spec that cannot be done pauses the cluster: it stays what it is, and lost masters are still
   * replaced.
   */
  static Goal of(DesiredCluster desired, boolean accepted) {
    return new Goal(
        desired.uid(),
        Math.max(1, desired.shards()),
        desired.replicas(),
        desired.durability(),
        desired.maxConcurrentMoves(),
        desired.rebalancePaused(),
        desired.paused() || !accepted);
  }
}
