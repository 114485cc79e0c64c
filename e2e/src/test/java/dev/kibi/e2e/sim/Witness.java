package dev.kibi.e2e.sim;

import dev.kibi.protocol.wire.NodeRole;
import java.util.Map;
import java.util.TreeMap;

/** What was seen of one node the last time anybody looked; the laws compare it with what is now. */
final class Witness {

  private static final long NONE = -1;

  long version;
  long epoch;
  long logEnd;
  long commitLsn;
  long ackedSeen;
  NodeRole role = NodeRole.JOINING;

  /** It is in the middle of a snapshot: what it holds is no state at all. */
  boolean copying;

  /** It has executed, or copied what was executed and not committed. */
  boolean appliedFreely;

  /** The log up to here was executed or applied: its store shows it. */
  long shown;

  /** Its log goes on from what it and its master are said to have in common. */
  boolean resumes;

  private final Map<Long, Long> stagedUpTo = new TreeMap<>();
  private long copyBegins = NONE;

  void snapshotBegins(long lsn) {
    copyBegins = lsn;
  }

  /** All of a move's data has come; it is in the log up to here. */
  void staged(long moveId, long logEnd) {
    stagedUpTo.put(moveId, logEnd);
  }

  long stagedUpTo(long moveId) {
    return stagedUpTo.getOrDefault(moveId, 0L);
  }

  void snapshotEnds() {
    copying = false;
  }

  /** Looks at the node after something it did. */
  void noteCopy(NodeLife node) {
    if (node.log().end() < logEnd) {
      copying = false;
    }
    if (copyBegins != NONE) {
      copying |= node.log().start() == copyBegins && node.log().end() == copyBegins;
      copyBegins = NONE;
    }
    appliedFreely |= copying || node.role() == NodeRole.OPENING || node.role() == NodeRole.MASTER;
  }

  private static long shownBy(NodeLife node) {
    boolean leads = node.role() == NodeRole.MASTER || node.role() == NodeRole.OPENING;
    return leads ? node.log().end() : Math.min(node.log().end(), node.lane().report().commitLsn());
  }

  void note(NodeLife node, long itsVersion, long itsEpoch) {
    version = itsVersion;
    epoch = itsEpoch;
    logEnd = node.log().end();
    commitLsn = node.lane().commitLsn();
    role = node.role();
    resumes = false;
    shown = Math.max(shown, shownBy(node));
  }
}
