package dev.kibi.e2e.sim;

import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cluster comes to when nothing disturbs it any more. */
final class Convergence {

  private final Simulation world;

  Convergence(Simulation world) {
    this.world = world;
  }

  /** What is not as it should be yet; null when all is well. */
  @Nullable String missing() {
    Topology topology = world.authority().newest();
    if (topology == null) {
      return "no topology";
    }
    if (!topology.moves().isEmpty()) {
      return "moves " + topology.moves();
    }
    if (topology.durability() != world.goal().durability()) {
      return "durability is " + topology.durability();
    }
    for (Shard shard : topology.shards()) {
      String missing = missing(shard, topology);
      if (missing != null) {
        return missing;
      }
    }
    return null;
  }

  private @Nullable String missing(Shard shard, Topology topology) {
    if (shard.master() == null || shard.inSync().size() != world.goal().replicas() + 1) {
      return "in sync: " + shard;
    }
    for (NodeId id : shard.inSync()) {
      NodeLife node = world.living(id);
      if (node != null && node.isLeaving()) {
        return node.name + " is about to end";
      }
      Topology installed = node == null ? null : node.installed();
      if (node == null || installed == null) {
        return id + " does not live";
      }
      if (node.isFrozen()) {
        return node.name + " is stopped";
      }
      if (installed.version() != topology.version()) {
        return node.name + " knows version " + installed.version();
      }
      NodeRole role = shard.isMaster(id) ? NodeRole.MASTER : NodeRole.FOLLOWER;
      if (node.role() != role || !node.lane().report().ready()) {
        return node.name + " is " + node.lane().report();
      }
    }
    return null;
  }

  /** Every copy of a shard holds the same, and nothing else. */
  void check() {
    String missing = missing();
    Violation.require(missing == null, "Convergence", String.valueOf(missing));
    Topology topology = world.stored();
    for (Shard shard : topology.shards()) {
      List<NodeLife> copies = shard.inSync().stream().map(world::living).toList();
      NodeLife first = copies.getFirst();
      for (int slot = 0; slot < Slot.COUNT; slot++) {
        for (NodeLife copy : copies) {
          int keys = copy.store().keys(slot);
          Violation.require(
              keys == 0 || topology.slots().ownerOf(slot) == shard.id(),
              "CopiesAreEqual",
              copy.name + " holds " + keys + " keys of slot " + slot + ", which is not its");
          Violation.require(
              keys == first.store().keys(slot)
                  && (keys == 0
                      || Arrays.equals(
                          MoveLaw.contents(copy.store(), slot),
                          MoveLaw.contents(first.store(), slot))),
              "CopiesAreEqual",
              copy.name + " and " + first.name + " differ in slot " + slot);
        }
      }
    }
  }
}
