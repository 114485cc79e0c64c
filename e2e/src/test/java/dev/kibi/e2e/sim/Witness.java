package dev.kibi.e2e.sim;

import dev.kibi.protocol.wire.NodeRole;

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

  private long copyBegins = NONE;

  void snapshotBegins(long lsn) {
    copyBegins = lsn;
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

  void note(NodeLife node, long itsVersion, long itsEpoch) {
    version = itsVersion;
    epoch = itsEpoch;
    logEnd = node.log().end();
    commitLsn = node.lane().commitLsn();
    role = node.role();
  }
}
