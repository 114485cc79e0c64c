package dev.kibi.e2e.sim;

import dev.kibi.node.shard.LogHistory;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeRole;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds of logs: who has what, and what may be believed of it. */
final class LogLaws {

  private LogLaws() {}

  /** 3: what was acknowledged is on every living copy that may be elected. */
  static final class AcknowledgedIsOnEveryCopy implements Law {

    /** The log up to {@code lsn} of this history has been told of. */
    private record Point(LogHistory history, long lsn, long number) {}

    private final Simulation world;
    private final NavigableMap<Integer, Point> points = new TreeMap<>();

    /** By shard, the epoch in which it was last opened without what its copies had held. */
    private final NavigableMap<Integer, Long> recoveredIn = new TreeMap<>();

    private long count;

    AcknowledgedIsOnEveryCopy(Simulation world) {
      this.world = world;
    }

    /**
     * An answer that was on its way from copy to master when all copies were lost is among what was
     * lost, as one that was on its way from master to client is.
     */
    @Override
    public void answered(NodeLife node, Op op, long lsn) {
      if (node.log().history().lastEpoch() < recoveredIn.getOrDefault(node.shard(), 0L)) {
        return;
      }
      Point known = points.get(node.shard());
      if (lsn > 0 && (known == null || lsn > known.lsn)) {
        points.put(node.shard(), new Point(node.log().history(), lsn, ++count));
        Topology stored = world.stored();
        stored.shard(node.shard()).ifPresent(this::checkAll);
      }
    }

    @Override
    public void stored(@Nullable Topology before, Topology next) {
      for (Shard shard : next.shards()) {
        NodeId master = shard.master();
        Shard old = before == null ? null : before.shard(shard.id()).orElse(null);
        if (old != null && master != null && !old.isPromotable(master)) {
          points.remove(shard.id()); // an unclean recovery: said, not silent
          recoveredIn.put(shard.id(), shard.epoch());
        }
        if (!shard.equals(old)) {
          checkAll(shard);
        }
      }
    }

    @Override
    public void stepped(NodeLife node) {
      Point point = points.get(node.shard());
      if (point != null && !isKnownToHold(node, point)) {
        Shard shard = world.stored().shard(node.shard()).orElse(null);
        if (shard != null && shard.isPromotable(node.id())) {
          check(node, point);
        }
      }
    }

    private void checkAll(Shard shard) {
      Point point = points.get(shard.id());
      if (point != null) {
        for (NodeId id : shard.members()) {
          NodeLife node = shard.isPromotable(id) ? world.living(id) : null;
          if (node != null && !isKnownToHold(node, point)) {
            check(node, point);
          }
        }
      }
    }

    private static boolean isKnownToHold(NodeLife node, Point point) {
      Witness witness = node.witness();
      return witness.ackedSeen == point.number
          && node.log().end() >= witness.logEnd
          && !witness.copying;
    }

    private void check(NodeLife node, Point point) {
      ReplicationLog log = node.log();
      long common = point.history.commonEnd(point.lsn, log.history(), log.end());
      require(
          common >= point.lsn && !node.witness().copying,
          () ->
              node.name
                  + " may be elected for shard "
                  + node.shard()
                  + (node.witness().copying ? " and is being copied anew" : "")
                  + "; it has "
                  + log.history()
                  + " up to "
                  + log.end()
                  + " and lacks what was acknowledged of "
                  + point.history
                  + " up to "
                  + point.lsn);
      node.witness().ackedSeen = point.number;
    }
  }

  /** 5: a follower has applied nothing that was not committed by a master. */
  static final class OnlyCommittedIsApplied implements Law {
    private final NavigableMap<Integer, Long> committed = new TreeMap<>();

    @Override
    public void sent(NodeLife node, Frame frame) {
      if (frame instanceof Frame.Append append) {
        committed.merge(node.shard(), append.commitLsn(), Math::max);
      }
    }

    @Override
    public void stepped(NodeLife node) {
      if (node.role() == NodeRole.FOLLOWER && !node.witness().appliedFreely) {
        long applied = node.lane().report().commitLsn();
        long most = committed.getOrDefault(node.shard(), 0L);
        require(
            applied <= most,
            () -> node.name + " has applied up to " + applied + ", committed is " + most);
      }
    }
  }

  /** 5: nothing is committed while some copy is electable, or without a second one if required. */
  static final class NothingCommitsWithoutCopies implements Law {
    @Override
    public void stepped(NodeLife node) {
      Witness before = node.witness();
      if (node.role() != NodeRole.MASTER || before.role != NodeRole.MASTER) {
        return;
      }
      long commit = node.lane().commitLsn();
      Topology installed = node.installed();
      Shard shard = node.installedShard().orElse(null);
      boolean sameReign = shard != null && shard.epoch() == before.epoch;
      if (commit == Long.MAX_VALUE || installed == null || shard == null || !sameReign) {
        return;
      }
      if (commit > before.commitLsn) {
        require(shard.electable().isEmpty(), () -> node.name + " commits although " + shard);
        require(
            installed.durability() != Durability.REQUIRED || shard.inSync().size() >= 2,
            () -> node.name + " commits alone: " + shard);
      }
    }
  }

  /** 5: a master answers nothing before all that it began with is committed in its epoch. */
  static final class OnlyCommittedIsExposed implements Law {
    @Override
    public void answered(NodeLife node, Op op, long lsn) {
      Topology installed = node.installed();
      LogHistory history = node.log().openHistory();
      boolean leads =
          node.role() == NodeRole.MASTER
              && history.lastEpoch() == node.lane().report().epoch()
              && installed != null
              && installed.durability() != Durability.ASYNC;
      if (leads) {
        long fork = history.starts().getLast().lsn();
        require(
            node.lane().commitLsn() >= fork,
            () ->
                node.name
                    + " answers "
                    + op
                    + " and has committed up to "
                    + node.lane().commitLsn()
                    + " of "
                    + history);
      }
    }
  }

  /** 11: who hands a shard over has stopped, and the next master holds all of its log. */
  static final class HandoverLosesNothing implements Law {
    private final Simulation world;

    HandoverLosesNothing(Simulation world) {
      this.world = world;
    }

    @Override
    public void stored(@Nullable Topology before, Topology next) {
      for (Shard shard : next.shards()) {
        Shard old = before == null ? null : before.shard(shard.id()).orElse(null);
        if (old != null && shard.handover() && shard.epoch() > old.epoch()) {
          NodeLife from = old.master() == null ? null : world.living(old.master());
          NodeLife to = shard.master() == null ? null : world.living(shard.master());
          require(
              from == null || to == null || to.log().end() >= from.log().end(),
              () -> shard.master() + " gets shard " + shard.id() + " and lacks its log's end");
        }
      }
    }
  }

  /** 12: a log is cut only where nothing of it is shown by the store yet. */
  static final class WhatIsShownIsNotCut implements Law {
    @Override
    public void stepped(NodeLife node) {
      ReplicationLog log = node.log();
      Witness witness = node.witness();
      if (log.start() == log.end()) {
        witness.shown = log.end(); // it begins anew, with an empty store
      }
      require(
          log.end() >= witness.shown,
          () ->
              node.name
                  + " shows what was written up to "
                  + witness.shown
                  + ", its log ends at "
                  + log.end());
    }
  }

  /** 12: a follower linked in an epoch holds a prefix of that master's log, byte by byte. */
  static final class FollowersHoldPrefixes implements Law {
    private final Simulation world;

    FollowersHoldPrefixes(Simulation world) {
      this.world = world;
    }

    @Override
    public void stepped(NodeLife node) {
      ReplicationLog log = node.log();
      boolean follows = node.role() == NodeRole.FOLLOWER || node.role() == NodeRole.LEARNER;
      boolean all = node.witness().resumes || log.end() < node.witness().logEnd;
      if (!follows || (!all && log.end() == node.witness().logEnd)) {
        return;
      }
      Shard shard = node.installedShard().orElseThrow();
      NodeId id = shard.master();
      NodeLife master = id == null ? null : world.living(id);
      if (master == null || !leadsIn(master, shard.epoch())) {
        return;
      }
      require(
          log.end() <= master.log().end(),
          () ->
              node.name
                  + " ends at "
                  + log.end()
                  + ", "
                  + master.name
                  + " at "
                  + master.log().end());
      long kept = Math.max(log.start(), master.log().start());
      long from = all ? kept : Math.max(kept, Math.min(node.witness().logEnd, log.end()));
      int length = (int) (log.end() - from);
      require(
          length <= 0 || Arrays.equals(log.read(from, length), master.log().read(from, length)),
          () -> node.name + " holds other bytes than " + master.name + " from " + from + " on");
    }

    private static boolean leadsIn(NodeLife master, long epoch) {
      return (master.role() == NodeRole.MASTER || master.role() == NodeRole.OPENING)
          && master.lane().report().epoch() == epoch;
    }
  }
}
