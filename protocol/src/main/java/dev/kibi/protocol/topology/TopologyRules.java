package dev.kibi.protocol.topology;

import dev.kibi.protocol.slot.SlotMap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in every topology and between any version and its successor: the pure counterpart
 * of the CEL transition rules on the CRD (protocol.md sections 1 and 5, invariants 1, 2, 4, 7 and
 * 10).
 */
public final class TopologyRules {

  private TopologyRules() {}

  /**
   * The rules that {@code next} breaks, each as a sentence; empty when it may follow {@code old}.
   *
   * @param old the version before, or null when {@code next} is the first
   */
  public static List<String> check(@Nullable Topology old, Topology next) {
    List<String> broken = new ArrayList<>();
    checkState(next, broken);
    if (old != null) {
      checkTransition(old, next, broken);
    }
    return List.copyOf(broken);
  }

  private static void checkState(Topology next, List<String> broken) {
    require(next.lanes() >= 1, broken, "lanes: " + next.lanes() + " (expected: at least 1)");
    require(
        next.slots().isComplete(), broken, "slots: some slot has no owner (expected: exactly one)");
    for (int owner : next.slots().byShard().keySet()) {
      require(next.shard(owner).isPresent(), broken, "slots: owner " + owner + " is no shard");
    }
    TreeSet<NodeId> seen = new TreeSet<>();
    for (Shard shard : next.shards()) {
      String name = "shard " + shard.id();
      for (NodeId node : shard.members()) {
        require(seen.add(node), broken, name + ": node " + node + " is named twice");
        require(next.node(node).isPresent(), broken, name + ": node " + node + " has no address");
      }
      NodeId master = shard.master();
      require(
          master == null || shard.inSync().contains(master),
          broken,
          name + ": master " + master + " is not in sync");
    }
    for (SlotMove move : next.moves()) {
      checkMove(next, move, broken);
    }
  }

  private static void checkMove(Topology next, SlotMove move, List<String> broken) {
    String name = "move " + move.id();
    require(
        move.id() < next.nextMoveId(),
        broken,
        name + ": id is not below nextMoveId " + next.nextMoveId());
    require(move.from() != move.to(), broken, name + ": from and to are both shard " + move.to());
    require(next.shard(move.to()).isPresent(), broken, name + ": to " + move.to() + " is no shard");
    SlotMap slots = next.slots();
    require(
        move.slots().stream().allMatch(slot -> slots.ownerOf(slot) == move.from()),
        broken,
        name + ": slots " + move.slots() + " are not all owned by shard " + move.from());
    require(
        next.moves().stream()
            .allMatch(other ->
                other.id() == move.id() || other.slots().intersect(move.slots()).isEmpty()),
        broken,
        name + ": slots " + move.slots() + " are in another move too");
  }

  private static void checkTransition(Topology old, Topology next, List<String> broken) {
    require(
        next.clusterUid().equals(old.clusterUid()),
        broken,
        "clusterUid: " + next.clusterUid() + " (expected: " + old.clusterUid() + ")");
    require(
        next.version() == old.version() + 1,
        broken,
        "version: " + next.version() + " (expected: " + (old.version() + 1) + ")");
    require(
        next.generation() == old.generation() || next.generation() == old.generation() + 1,
        broken,
        "generation: " + next.generation() + " (expected: " + old.generation() + " or one more)");
    require(
        next.lanes() == old.lanes(),
        broken,
        "lanes: " + next.lanes() + " (expected: " + old.lanes() + ")");
    require(
        next.nextMoveId() >= old.nextMoveId(),
        broken,
        "nextMoveId: " + next.nextMoveId() + " (expected: at least " + old.nextMoveId() + ")");
    for (Shard shard : next.shards()) {
      old.shard(shard.id())
          .ifPresent(
              before -> checkShard(before, shard, next.generation() > old.generation(), broken));
    }
  }

  private static void checkShard(Shard before, Shard after, boolean unclean, List<String> broken) {
    String name = "shard " + after.id();
    require(
        after.epoch() >= before.epoch(),
        broken,
        name + ": epoch " + after.epoch() + " (expected: at least " + before.epoch() + ")");
    NodeId master = after.master();
    if (master != null && !master.equals(before.master())) {
      require(
          after.epoch() > before.epoch(),
          broken,
          name + ": a new master keeps epoch " + after.epoch() + " (expected: a higher one)");
      require(
          unclean || before.isPromotable(master),
          broken,
          name + ": new master " + master + " was neither in sync nor electable");
    }
    if (!after.handover() || before.handover() || !unclean) {
      return;
    }
    broken.add(name + ": a switchover in the same change as an unclean recovery");
  }

  private static void require(boolean holds, List<String> broken, String sentence) {
    if (!holds) {
      broken.add(sentence);
    }
  }
}
