package dev.kibi.e2e.sim;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeRole;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What holds of what nodes do: answer, serve, lead. */
final class ActionLaws {

  private ActionLaws() {}

  /** 6: whoever knows a newer epoch neither acknowledges an older one nor speaks for it. */
  static final class OldEpochsAreFenced implements Law {
    @Override
    public void sent(NodeLife node, Frame frame) {
      long epoch =
          switch (frame) {
            case Frame.Ack ack -> ack.epoch();
            case Frame.Append append -> append.epoch();
            default -> 0;
          };
      if (epoch > 0) {
        long known = node.installedShard().map(Shard::epoch).orElse(0L);
        require(epoch >= known, () -> node.name + " knows epoch " + known + " and sends " + frame);
      }
    }
  }

  /** 7: a process is something only by a topology that names this very process. */
  static final class FreshProcessesHaveNoAuthority implements Law {
    @Override
    public void stepped(NodeLife node) {
      if (node.role() != node.witness().role && node.role() != NodeRole.JOINING) {
        Shard shard = node.installedShard().orElse(null);
        require(
            shard != null && shard.isMember(node.id()),
            () -> node.name + " is " + node.role() + " of " + shard);
        boolean leads = node.role() == NodeRole.MASTER || node.role() == NodeRole.OPENING;
        require(
            !leads || (shard != null && shard.isMaster(node.id())),
            () -> node.name + " is " + node.role() + " of " + shard);
      }
    }
  }

  /** 8: a command runs only on the master of the shard that owns its slot. */
  static final class OnlyOwnersExecute implements Law {
    @Override
    public void executed(NodeLife node, Op op, long checkedAt) {
      Topology installed = node.installed();
      int slot = Simulation.slotOf(op.key);
      require(
          installed != null
              && node.role() == NodeRole.MASTER
              && installed.slots().ownerOf(slot) == node.shard()
              && node.installedShard().filter(s -> s.isMaster(node.id())).isPresent(),
          () -> node.name + " as " + node.role() + " runs " + op + " of slot " + slot);
    }
  }

  /** 11: when a master begins to serve, the lease of every older one is over. */
  static final class OlderLeasesAreOver implements Law {
    private final Simulation world;

    OlderLeasesAreOver(Simulation world) {
      this.world = world;
    }

    @Override
    public void stepped(NodeLife node) {
      if (node.role() == NodeRole.MASTER && node.witness().role != NodeRole.MASTER) {
        for (NodeLife other : world.masters()) {
          if (other.shard() == node.shard() && epochOf(other) < epochOf(node)) {
            checkParks(other, node);
          }
        }
      }
    }

    private static long epochOf(NodeLife node) {
      return node.installedShard().map(Shard::epoch).orElse(0L);
    }

    /**
     * Of two that run: one that was stopped in the middle of this step begins at a time the other
     * has not come to yet. What it serves then is held against what the other has served.
     */
    private void checkParks(NodeLife older, NodeLife newer) {
      if (older.isFrozen() || newer.isFrozen()) {
        return;
      }
      for (String key : world.keys()) {
        require(
            !older.wouldServe(key),
            () -> older.name + " still serves " + key + " when " + newer.name + " begins to");
      }
    }
  }

  /** 11: once a master of a later epoch has run a command, none of an earlier one does. */
  static final class LeasesDoNotOverlap implements Law {
    private record Reign(NodeId master, long first, long last) {}

    private final NavigableMap<Integer, NavigableMap<Long, Reign>> reigns = new TreeMap<>();

    @Override
    public void executed(NodeLife node, Op op, long checkedAt) {
      long epoch = node.lane().report().epoch();
      NavigableMap<Long, Reign> known =
          reigns.computeIfAbsent(node.shard(), shard -> new TreeMap<>());
      Reign mine = known.get(epoch);
      known.put(
          epoch,
          mine == null
              ? new Reign(node.id(), checkedAt, checkedAt)
              : new Reign(mine.master, mine.first, Math.max(mine.last, checkedAt)));
      Map.Entry<Long, Reign> later = known.higherEntry(epoch);
      require(
          later == null || later.getValue().first >= checkedAt,
          () ->
              node.name
                  + " runs "
                  + op
                  + " in epoch "
                  + epoch
                  + ", but "
                  + later
                  + " began before");
      Map.Entry<Long, Reign> earlier = known.lowerEntry(epoch);
      require(
          mine != null || earlier == null || earlier.getValue().last <= checkedAt,
          () ->
              node.name + " runs " + op + " in epoch " + epoch + ", but " + earlier + " still did");
    }

    @Override
    public void died(NodeLife node, long at) {
      reigns
          .getOrDefault(node.shard(), new TreeMap<>())
          .replaceAll((_, reign) ->
              reign.master.equals(node.id())
                  ? new Reign(reign.master, Math.min(reign.first, at), Math.min(reign.last, at))
                  : reign);
    }
  }
}
