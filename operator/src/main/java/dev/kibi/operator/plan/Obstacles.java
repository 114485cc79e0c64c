package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why a slot may not move between two shards now; each obstacle is said once per plan. */
final class Obstacles {
  private static final int COPIES_MIN = 2;

  private final Scene scene;
  private final PlanBuilder plan;
  private final Map<String, Boolean> answers = new TreeMap<>();

  Obstacles(Scene scene, PlanBuilder plan) {
    this.scene = scene;
    this.plan = plan;
  }

  boolean allow(SlotPlanner.Transfer transfer) {
    return isStable(transfer.from())
        && isStable(transfer.to())
        && isLed(transfer.from())
        && isLed(transfer.to())
        && hasCopies(transfer.to());
  }

  private boolean isStable(int shard) {
    return answers.computeIfAbsent("stable " + shard, _ -> holdWhileRolling(shard));
  }

  /**
   * A switchover would undo the moves of its shard; and memory that a new template brings should be
   * there first. Shards that are being emptied are not rolled.
   */
  private boolean holdWhileRolling(int shard) {
    boolean rolling =
        shard < scene.goal().shards()
            && scene.observed().podsOf(shard).stream().anyMatch(scene.observed()::isOutdated);
    if (rolling) {
      plan.hold(
          Reason.SLOTS_WAIT_FOR_ROLLOUT, "shard " + shard + ": " + scene.observed().progress());
    }
    return !rolling;
  }

  private boolean isLed(int shard) {
    return answers.computeIfAbsent("led " + shard, _ -> holdUnlessLed(shard));
  }

  private boolean hasCopies(int shard) {
    return answers.computeIfAbsent("copies " + shard, _ -> holdUnlessCopied(shard));
  }

  private boolean holdUnlessLed(int shard) {
    Optional<NodeId> master = scene.topology().shard(shard).map(Shard::master);
    boolean led = master.filter(scene.liveness()::isHeard).isPresent();
    if (!led) {
      plan.hold(Reason.WAITING_FOR_MASTER, "shard " + shard + " has no master that is heard");
    }
    return led;
  }

  /** Data that has two copies must not move to a shard that has one. */
  private boolean holdUnlessCopied(int shard) {
    int wanted = Math.min(1 + scene.goal().replicas(), COPIES_MIN);
    int copies = scene.topology().shard(shard).map(s -> s.inSync().size()).orElse(0);
    if (copies < wanted) {
      plan.hold(
          Reason.WAITING_FOR_REPLICAS,
          "shard " + shard + ": " + copies + " in-sync copies (expected: " + wanted + ")");
    }
    return copies >= wanted;
  }
}
