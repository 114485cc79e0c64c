package dev.kibi.node.lane;

import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.store.SlotStore;

/**
 * Applies a follower's log to its store, up to a commit LSN and no further, so that a cut of the
 * log never touches what was applied.
 */
final class LogApplier {

  private static final int PIECE_BYTES = 256 * 1024;

  private final ReplicationLog log;
  private final EffectStream stream;
  private long fedLsn;

  LogApplier(ReplicationLog log, SlotStore store) {
    this.log = log;
    this.stream = new EffectStream(store);
  }

  /**
   * How far the log has been taken; everything before is applied, but for a record that is not
   * whole yet.
   */
  long fedLsn() {
    return fedLsn;
  }

  /** The LSN behind the last applied record. */
  long appliedLsn() {
    return fedLsn - stream.pending();
  }

  /** Applies the records that end at or before {@code lsn}. */
  void applyTo(long lsn) {
    while (fedLsn < lsn) {
      int length = (int) Math.min(PIECE_BYTES, lsn - fedLsn);
      stream.feed(log.read(fedLsn, length));
      fedLsn += length;
    }
  }

  /** A master executes before it logs: its log is applied as it stands. */
  void executedTo(long lsn) {
    fedLsn = lsn;
  }

  /** Everything was forgotten; the log begins anew at {@code lsn}. */
  void restartAt(long lsn) {
    stream.reset();
    fedLsn = lsn;
  }

  /**
   * Applies the whole log and cuts off a record of which the old master had sent only the
   * beginning.
   */
  void finish() {
    applyTo(log.end());
    if (stream.pending() > 0) {
      log.resumeAt(appliedLsn(), log.history());
      stream.reset();
      fedLsn = log.end();
    }
  }
}
