package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of protocol.md section 5 that one node can see broken: each check throws an {@link
 * InvariantException} with its number.
 */
final class Invariants {

  private Invariants() {}

  /** 1: versions and epochs only rise. 2: an epoch of a shard has one master. */
  static void follows(
      @Nullable Topology before, Topology after, @Nullable Shard old, @Nullable Shard current) {
    if (before != null) {
      require(
          after.version() > before.version(),
          1,
          "version: " + after.version() + " (expected: above " + before.version() + ")");
    }
    if (old == null || current == null || old.id() != current.id()) {
      return;
    }
    require(
        current.epoch() >= old.epoch(),
        1,
        "epoch: " + current.epoch() + " (expected: at least " + old.epoch() + ")");
    NodeId master = old.master();
    require(
        current.epoch() > old.epoch() || master == null || current.isMaster(master),
        2,
        "master of epoch "
            + current.epoch()
            + ": "
            + current.master()
            + " (expected: "
            + master
            + ")");
  }

  /** 4: only who was in inSync or electable in the version before becomes master. */
  static void promotable(NodeId self, Shard before, Shard after) {
    require(
        before.isPromotable(self),
        4,
        "master of epoch " + after.epoch() + ": " + self + " (expected: a copy that counts)");
  }

  /**
   * 5: nothing is committed while electable is not empty; a commit never falls or passes the log's
   * end.
   */
  static void commits(Shard shard, long before, long commitLsn, long logEnd) {
    require(
        shard.electable().isEmpty(),
        5,
        "commit " + commitLsn + ": electable is " + shard.electable() + " (expected: empty)");
    require(
        commitLsn > before && commitLsn <= logEnd,
        5,
        "commit: " + commitLsn + " (expected: above " + before + ", at most " + logEnd + ")");
  }

  /** 3: what is committed is held by every member of the in-sync set. */
  static void isHeld(NodeId member, long acked, long commitLsn) {
    require(
        acked >= commitLsn,
        3,
        "commit " + commitLsn + ": " + member + " holds " + acked + " (expected: all of it)");
  }

  /** 6: who knows a newer epoch takes nothing of an older one (M: EpochFence). */
  static void isPresent(long epoch, long installed) {
    require(
        epoch >= installed,
        6,
        "message of epoch " + epoch + " (expected: at least " + installed + ", the installed one)");
  }

  /** 7: a fresh process leads a shard only if no other copy of it counts (M: FreshIncarnation). */
  static void isNew(NodeId self, Shard shard) {
    require(
        shard.inSync().size() == 1 && shard.electable().isEmpty(),
        7,
        "fresh node "
            + self
            + " leads shard "
            + shard.id()
            + " with "
            + shard.inSync()
            + " in sync (expected: it alone)");
  }

  /** 11: the old lease has expired before a successor's first reply. */
  static void leasesAreOver(boolean handover, long now, long runOutAt) {
    require(
        handover || runOutAt <= now,
        11,
        "open at " + now + " (expected: at " + runOutAt + ", when the last lease runs out)");
  }

  /** 12: a follower's log is a prefix of its master's, entry by entry. */
  static void isNext(long lsn, long logEnd) {
    require(lsn == logEnd, 12, "log piece at " + lsn + " (expected: at " + logEnd + ", its end)");
  }

  private static void require(boolean holds, int number, String sentence) {
    if (!holds) {
      throw new InvariantException(number, sentence);
    }
  }
}
