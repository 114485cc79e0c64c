package dev.kibi.node.shard;

/** What a master knows of one follower in its epoch. */
final class FollowerProgress {

  /** No ack bar yet: the follower is not in the commit set by way of being added. */
  static final long NOT_ADDING = -1;

  boolean linked;

  /** It holds a prefix of the log: resumed, or its snapshot has been sent. */
  boolean synced;

  /** When that was; an answer to anything sent later says that it has arrived. */
  long syncedAt;

  /** A reconnect was refused since it was last heard. */
  boolean refused;

  /** Its process is about to end. */
  boolean leaving;

  /** It has executed what is not in our log, or needs more log than we keep: only a copy helps. */
  boolean needsCopy;

  /** End of what it has acknowledged in this epoch. */
  long acked;

  /** When it was last heard, on our clock. */
  long heardAt;

  /** When its acknowledgements last rose, or reached the end of the log. */
  long progressedAt;

  /** When the latest message it answered was sent: its lease runs from there. */
  long answeredSentAt;

  /** Whether any message was answered in this epoch. */
  boolean answered;

  /**
   * What it must acknowledge before it may be put in sync (M: AddNeedsFork), or {@link
   * #NOT_ADDING}.
   */
  long addBar = NOT_ADDING;

  FollowerProgress(long now) {
    heardAt = now;
    progressedAt = now;
  }

  void acknowledged(long lsn, long logEnd, long now) {
    if (lsn > acked || lsn == logEnd) {
      progressedAt = now;
    }
    acked = Math.max(acked, lsn);
  }

  boolean isAdding() {
    return addBar != NOT_ADDING;
  }
}
