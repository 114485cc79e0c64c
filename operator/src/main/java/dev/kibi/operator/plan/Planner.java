package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Topology;

/**
 * Decides the one next step of a cluster.
 *
 * <p><b>Goals.</b> Every slot has a live master; every acknowledged write survives; the topology
 * becomes what the spec asks for with as little movement as possible.
 *
 * <p><b>Constraints.</b> The plan follows from the spec, the stored topology and what is seen, and
 * from nothing that was planned before: pausing, resuming, reversing a scale half-way and a new
 * operator all mean "plan again from what is". A topology that is not ours, is missing while nodes
 * know one, or is older than what nodes know is never written over.
 *
 * <p><b>Algorithm.</b> The first of: bootstrap; elect masters; recover uncleanly; change members;
 * then, unless the spec pauses the cluster: add shards; set durability; cancel moves; remove
 * emptied shards; plan moves. When the topology needs nothing, something may be done to a pod:
 * replace one that is outdated and empty; a switchover that a person asks for; the next pod of a
 * rollout.
 *
 * <p><b>Example.</b> Three shards, the spec says five: the StatefulSets of shards 3 and 4 are made,
 * their nodes report, one step adds both shards, some steps add their learners, then moves are
 * planned four at a time per shard until each of the five owns 204 or 205 slots.
 */
public final class Planner {
  private final Timers timers;

  public Planner(Timers timers) {
    this.timers = timers;
  }

  /**
   * The plan for now.
   *
   * @param nowNanos the monotonic clock that {@code observed} was stamped with
   */
  public Plan plan(Goal goal, ObservedCluster observed, long nowNanos) {
    PlanBuilder plan =
        new PlanBuilder().podsByShard(PodCountPlanner.withoutTopology(goal, observed));
    Liveness liveness = new Liveness(observed, nowNanos, timers);
    Topology topology = observed.topology();
    if (topology == null) {
      plan.orElse(() -> BootstrapPlanner.bootstrap(goal, liveness, plan));
      return goal.paused() ? plan.build() : replaceEmpty(observed, liveness, plan).build();
    }
    if (!topology.clusterUid().equals(goal.clusterUid())) {
      return plan.hold(
              Reason.FOREIGN_TOPOLOGY,
              "clusterUid: " + topology.clusterUid() + " (expected: " + goal.clusterUid() + ")")
          .build();
    }
    if (observed.highestReportedVersion() > topology.version()) {
      return plan.hold(
              Reason.TOPOLOGY_WENT_BACK,
              "version: "
                  + topology.version()
                  + " (expected: at least "
                  + observed.highestReportedVersion()
                  + ")")
          .build();
    }
    return planChange(new Scene(goal, observed, topology, liveness), plan);
  }

  private Plan planChange(Scene scene, PlanBuilder plan) {
    plan.pendingSlots(MovePlanner.pendingSlots(scene));
    ElectionPlanner elections = new ElectionPlanner(scene);
    RecoveryPlanner recoveries = new RecoveryPlanner(scene, timers, elections, plan);
    plan.orElse(elections::elect)
        .orElse(recoveries::recover)
        .orElse(() -> MemberPlanner.changeMembers(scene));
    if (scene.goal().paused()) {
      plan.hold(Reason.PAUSED, "spec.paused is true");
    } else {
      planSpec(scene, plan);
    }
    recoveries.checkConfirmations();
    return plan.build();
  }

  private void planSpec(Scene scene, PlanBuilder plan) {
    plan.orElse(() -> ShardPlanner.addShards(scene, plan))
        .orElse(() -> ShardPlanner.setDurability(scene))
        .orElse(() -> MovePlanner.cancelMoves(scene))
        .orElse(() -> ShardPlanner.removeShards(scene))
        .orElse(() -> MovePlanner.planMoves(scene, plan))
        .podsByShard(new PodCountPlanner(scene).counts());
    planDisruption(scene, plan);
  }

  /** What is done to pods, when the topology needs nothing. */
  private void planDisruption(Scene scene, PlanBuilder plan) {
    SwitchoverPlanner switchovers = new SwitchoverPlanner(scene, plan);
    RolloutPlanner rollout = new RolloutPlanner(scene, plan, switchovers);
    replaceEmpty(scene.observed(), scene.liveness(), plan)
        .orDisrupt(switchovers::requested)
        .orDisrupt(rollout::next);
  }

  private PlanBuilder replaceEmpty(ObservedCluster observed, Liveness liveness, PlanBuilder plan) {
    return plan.orDisrupt(() -> EmptyPods.replace(observed, liveness, timers));
  }
}
