package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Adds the shards the spec asks for, removes emptied ones it does not, and sets the durability. */
final class ShardPlanner {
  private ShardPlanner() {}

  /**
   * Adds every missing shard that has a node, without slots.
   *
   * <p>Its first epoch is the new version, not 1: the shard may have existed before, and versions
   * rise at least as fast as epochs, so no epoch of the earlier life is ever used again.
   */
  static Optional<Step> addShards(Scene scene, PlanBuilder plan) {
    Topology topology = scene.topology();
    List<Shard> shards = new ArrayList<>(topology.shards());
    List<Integer> added = new ArrayList<>();
    TreeSet<Integer> waiting = new TreeSet<>();
    for (int id : scene.missingShards()) {
      List<NodeId> nodes =
          scene.liveness().heardReports(id).stream().map(NodeReport::node).toList();
      if (nodes.isEmpty()) {
        waiting.add(id);
      } else {
        NodeId master = nodes.getFirst();
        List<NodeId> learners = nodes.subList(1, nodes.size());
        shards.add(
            new Shard(
                id, topology.version() + 1, master, false, List.of(master), List.of(), learners));
        added.add(id);
      }
    }
    if (!waiting.isEmpty()) {
      plan.hold(Reason.WAITING_FOR_NODES, "no node has reported yet for shards " + waiting);
    }
    if (added.isEmpty()) {
      return Optional.empty();
    }
    shards.sort(Comparator.comparingInt(Shard::id));
    return Optional.of(
        new Step(
            new Action.AddShards(added),
            Reason.SHARDS_ADDED,
            "shards " + added + ", without slots yet",
            topology.withShards(
                Roster.of(shards, topology.nodes(), scene.liveness().heardReports()), shards)));
  }

  /** Removes every unwanted shard that owns nothing and that no move names. */
  static Optional<Step> removeShards(Scene scene) {
    Topology topology = scene.topology();
    TreeSet<Integer> used = new TreeSet<>(topology.slots().byShard().keySet());
    for (SlotMove move : topology.moves()) {
      used.add(move.from());
      used.add(move.to());
    }
    TreeSet<Integer> empty = scene.leavingShards();
    empty.removeAll(used);
    if (empty.isEmpty()) {
      return Optional.empty();
    }
    List<Shard> rest =
        topology.shards().stream().filter(shard -> !empty.contains(shard.id())).toList();
    return Optional.of(
        new Step(
            new Action.RemoveShards(List.copyOf(empty)),
            Reason.SHARDS_REMOVED,
            "shards " + empty,
            topology.withShards(Roster.of(rest, topology.nodes(), List.of()), rest)));
  }

  /**
   * Sets the durability; what was electable only because two copies were required starts over as a
   * learner.
   */
  static Optional<Step> setDurability(Scene scene) {
    Topology topology = scene.topology();
    if (topology.durability() == scene.goal().durability()) {
      return Optional.empty();
    }
    Topology next = topology.withDurability(scene.goal().durability());
    List<Shard> shards = next.shards().stream().map(ShardPlanner::withoutElectable).toList();
    Topology changed =
        new Topology(
            next.clusterUid(),
            next.generation(),
            next.version(),
            next.lanes(),
            next.durability(),
            next.nodes(),
            shards,
            next.slots(),
            next.moves(),
            next.nextMoveId());
    return Optional.of(
        new Step(
            new Action.SetDurability(scene.goal().durability()),
            Reason.DURABILITY_CHANGED,
            "from " + topology.durability() + " to " + scene.goal().durability(),
            changed));
  }

  /**
   * Electable exists under {@code required} only, so it is empty whenever that is what we change
   * to. A shard that changes bears no mark of a handover any more.
   */
  private static Shard withoutElectable(Shard shard) {
    if (shard.electable().isEmpty()) {
      return shard;
    }
    List<NodeId> learners = new ArrayList<>(shard.electable());
    learners.addAll(shard.learners());
    return new Shard(
        shard.id(), shard.epoch(), shard.master(), false, shard.inSync(), List.of(), learners);
  }
}
