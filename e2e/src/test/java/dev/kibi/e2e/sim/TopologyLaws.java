package dev.kibi.e2e.sim;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds of topologies, stored and installed. */
final class TopologyLaws {

  private TopologyLaws() {}

  /** 1: versions, generations and epochs only rise, in the authority and in every node. */
  static final class VersionsRise implements Law {
    @Override
    public void stored(@Nullable Topology before, Topology next) {
      if (before == null) {
        return;
      }
      require(next.version() == before.version() + 1, () -> "version " + next.version());
      require(next.generation() >= before.generation(), () -> "generation " + next.generation());
      for (Shard shard : next.shards()) {
        long old = before.shard(shard.id()).map(Shard::epoch).orElse(0L);
        require(shard.epoch() >= old, () -> "shard " + shard.id() + ": epoch " + shard.epoch());
      }
    }

    @Override
    public void stepped(NodeLife node) {
      Topology installed = node.installed();
      long version = installed == null ? 0 : installed.version();
      long before = node.witness().version;
      require(version >= before, () -> node.name + " goes from " + before + " back to " + version);
    }
  }

  /** 2: nobody but one node is ever master of a shard in one epoch. */
  static final class OneMasterPerEpoch implements Law {
    private final NavigableMap<String, NodeId> masters = new TreeMap<>();

    @Override
    public void stepped(NodeLife node) {
      boolean leads = node.role() == NodeRole.OPENING || node.role() == NodeRole.MASTER;
      long epoch = node.lane().report().epoch();
      if (leads && epoch != node.witness().epoch) {
        NodeId other = masters.putIfAbsent(node.shard() + "@" + epoch, node.id());
        require(
            other == null || other.equals(node.id()),
            () ->
                node.name + " leads shard " + node.shard() + " in epoch " + epoch + " as " + other);
      }
    }
  }

  /**
   * 4: a new master was in sync or electable in the version before; or every such node is dead, and
   * the generation says that data may be lost.
   */
  static final class OnlyPromotableLead implements Law {
    private final Simulation world;

    OnlyPromotableLead(Simulation world) {
      this.world = world;
    }

    @Override
    public void stored(@Nullable Topology before, Topology next) {
      for (Shard shard : next.shards()) {
        Shard old = before == null ? null : before.shard(shard.id()).orElse(null);
        NodeId master = shard.master();
        if (old == null || master == null || master.equals(old.master())) {
          continue;
        }
        require(shard.epoch() > old.epoch(), () -> master + " leads in epoch " + old.epoch());
        if (!old.isPromotable(master)) {
          require(
              before != null && next.generation() > before.generation(),
              () -> master + " leads shard " + shard.id() + " and had no copy that counts");
          for (NodeId node : old.members()) {
            require(
                !old.isPromotable(node) || world.living(node) == null,
                () -> master + " recovers shard " + shard.id() + " while " + node + " lives");
          }
          world.recovered();
        }
      }
    }
  }

  /**
   * 4: no copy becomes electable unless two are required: under any other durability its master
   * goes on without it.
   */
  static final class ElectableOnlyIfRequired implements Law {
    @Override
    public void stored(@Nullable Topology before, Topology next) {
      for (Shard shard : next.shards()) {
        Shard old = before == null ? null : before.shard(shard.id()).orElse(null);
        require(
            next.durability() == Durability.REQUIRED
                || shard.electable().isEmpty()
                || (old != null && old.electable().containsAll(shard.electable())),
            () -> shard.electable() + " of shard " + shard.id() + " under " + next.durability());
      }
    }
  }

  /** 10: every slot has one owner, and that is a shard. */
  static final class EverySlotHasOneOwner implements Law {
    @Override
    public void stored(@Nullable Topology before, Topology next) {
      require(next.slots().isComplete(), () -> "some slot has no owner");
      for (int owner : next.slots().byShard().keySet()) {
        require(next.shard(owner).isPresent(), () -> "owner " + owner + " is no shard");
      }
    }
  }
}
