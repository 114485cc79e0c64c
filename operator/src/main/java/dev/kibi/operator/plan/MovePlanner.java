package dev.kibi.operator.plan;

import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plans slot moves a few at a time and takes back those that have become wrong (protocol.md section
 * 4).
 *
 * <p><b>Goals.</b> The owners of slots become what {@link SlotPlanner} says, with few versions and
 * no surprise.
 *
 * <p><b>Constraints.</b> At most {@code maxConcurrentMoves} in flight per source and per target.
 * Both masters are heard, the target has its copies. Nothing is planned before every shard of the
 * spec exists: slots would move twice. Shards are not emptied into shards that cannot hold the
 * data.
 *
 * <p><b>Algorithm.</b> Cancel moves whose epochs have passed (their copy can never commit), that
 * lead to a shard which leaves, or that would have to be undone. Then fill the free places, in
 * {@link SlotPlanner}'s order; while others are in flight, wait until half the places can be filled
 * at once, so that a version carries several moves.
 *
 * <p><b>Example.</b> The spec went from 3 to 5 and back to 3 while shard 3 owns 40 slots and four
 * are on their way to it: the four are cancelled, the forty return, shards 3 and 4 are removed.
 */
final class MovePlanner {
  /** Copies and a little growth must fit: the remaining shards may be filled to this part. */
  private static final double FILL_MAX = 0.95;

  private static final long MEMORY_RECHECK_NANOS = TimeUnit.SECONDS.toNanos(10);

  private MovePlanner() {}

  /** How many slots have to move and are in no move yet. */
  static int pendingSlots(Scene scene) {
    Topology topology = scene.topology();
    return SlotPlanner.transfers(topology.slots(), topology.moves(), scene.wantedShards()).size();
  }

  static Optional<Step> cancelMoves(Scene scene) {
    Topology topology = scene.topology();
    List<SlotMove> cancelled = new ArrayList<>();
    List<SlotMove> kept = new ArrayList<>();
    for (SlotMove move : topology.moves()) {
      (isStale(topology, move) || move.to() >= scene.goal().shards() ? cancelled : kept).add(move);
    }
    cancelled.addAll(wouldBeUndone(scene, kept));
    if (cancelled.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            new Action.CancelMoves(cancelled),
            Reason.MOVES_CANCELLED,
            cancelled.size() + " moves of slots " + slots(cancelled),
            topology.withCancelled(cancelled)));
  }

  static Optional<Step> planMoves(Scene scene, PlanBuilder plan) {
    Topology topology = scene.topology();
    Set<Integer> kept = scene.wantedShards();
    if (!scene.missingShards().isEmpty()) {
      return Optional.empty(); // addShards has said what is waited for
    }
    List<SlotPlanner.Transfer> owed =
        SlotPlanner.transfers(topology.slots(), topology.moves(), kept);
    if (owed.isEmpty()) {
      return Optional.empty();
    }
    if (scene.goal().rebalancePaused()) {
      plan.hold(Reason.REBALANCE_PAUSED, owed.size() + " slots wait");
      return Optional.empty();
    }
    Optional<Hold> refused = refuseScaleDown(scene, kept);
    if (refused.isPresent()) {
      plan.hold(refused.get().reason(), refused.get().message());
      plan.recheck(MEMORY_RECHECK_NANOS); // memory figures wake nobody
      return Optional.empty();
    }
    List<SlotMove> moves = fillPlaces(scene, owed, plan);
    int batch = Math.min(owed.size(), (scene.goal().maxConcurrentMoves() + 1) / 2);
    if (moves.isEmpty() || (!topology.moves().isEmpty() && moves.size() < batch)) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            new Action.PlanMoves(moves),
            Reason.SLOTS_UNBALANCED,
            owed.size() + " slots have to move, next " + slots(moves),
            topology.withPlanned(moves)));
  }

  private static boolean isStale(Topology topology, SlotMove move) {
    return epoch(topology, move.from()) != move.fromEpoch()
        || epoch(topology, move.to()) != move.toEpoch();
  }

  /** Moves between kept shards that bring the target above its share. */
  private static List<SlotMove> wouldBeUndone(Scene scene, List<SlotMove> moves) {
    Set<Integer> kept = scene.wantedShards();
    if (!scene.missingShards().isEmpty()) {
      return List.of();
    }
    Map<Integer, Integer> surplus = SlotPlanner.surplus(scene.topology().slots(), moves, kept);
    List<SlotMove> undone = new ArrayList<>();
    for (SlotMove move : moves.reversed()) {
      int above = surplus.getOrDefault(move.to(), 0);
      if (kept.contains(move.from()) && above >= move.slots().size()) {
        undone.add(move);
        surplus.merge(move.to(), -move.slots().size(), Integer::sum);
      }
    }
    return undone;
  }

  private static List<SlotMove> fillPlaces(
      Scene scene, List<SlotPlanner.Transfer> owed, PlanBuilder plan) {
    Topology topology = scene.topology();
    Map<Integer, Integer> leaving = new TreeMap<>();
    Map<Integer, Integer> arriving = new TreeMap<>();
    for (SlotMove move : topology.moves()) {
      leaving.merge(move.from(), 1, Integer::sum);
      arriving.merge(move.to(), 1, Integer::sum);
    }
    Obstacles obstacles = new Obstacles(scene, plan);
    int places = scene.goal().maxConcurrentMoves();
    List<SlotMove> moves = new ArrayList<>();
    for (SlotPlanner.Transfer transfer : owed) {
      if (obstacles.allow(transfer)
          && leaving.getOrDefault(transfer.from(), 0) < places
          && arriving.getOrDefault(transfer.to(), 0) < places) {
        leaving.merge(transfer.from(), 1, Integer::sum);
        arriving.merge(transfer.to(), 1, Integer::sum);
        moves.add(
            new SlotMove(
                topology.nextMoveId() + moves.size(),
                SlotSet.of(transfer.slot()),
                transfer.from(),
                transfer.to(),
                epoch(topology, transfer.from()),
                epoch(topology, transfer.to())));
      }
    }
    return moves;
  }

  /**
   * Refuses to empty shards when what they hold does not fit into the rest, as their masters report
   * it.
   */
  private static Optional<Hold> refuseScaleDown(Scene scene, Set<Integer> kept) {
    if (scene.leavingShards().isEmpty()) {
      return Optional.empty();
    }
    long usedBytes = 0;
    long roomBytes = 0;
    for (Shard shard : scene.topology().shards()) {
      NodeId master = shard.master();
      Optional<NodeReport> report =
          Optional.ofNullable(master).flatMap(scene.liveness()::heardReport);
      if (report.isEmpty()) {
        return Optional.empty(); // its figures are unknown, and its slots cannot move anyway
      }
      usedBytes += report.get().usedBytes();
      if (kept.contains(shard.id())) {
        if (report.get().maxBytes() == 0) {
          return Optional.empty();
        }
        roomBytes += report.get().maxBytes();
      }
    }
    if (usedBytes <= roomBytes * FILL_MAX) {
      return Optional.empty();
    }
    return Optional.of(
        new Hold(
            Reason.NOT_ENOUGH_MEMORY,
            "the shards hold "
                + usedBytes
                + " bytes (expected: at most "
                + Math.round(roomBytes * FILL_MAX)
                + ", 95 % of the memory of "
                + kept.size()
                + " shards)"));
  }

  private static long epoch(Topology topology, int shard) {
    return topology.shard(shard).map(Shard::epoch).orElse(0L);
  }

  private static SlotSet slots(List<SlotMove> moves) {
    return moves.stream().map(SlotMove::slots).reduce(SlotSet.EMPTY, SlotSet::union);
  }
}
