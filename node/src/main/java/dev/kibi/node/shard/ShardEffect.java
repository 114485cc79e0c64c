package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;

/** What a shard's machine wants done, in this order. */
public sealed interface ShardEffect {

  /** Begin this epoch at the end of the log, with everything received applied. */
  record BeginEpoch(long epoch) implements ShardEffect {}

  /** Serve: every older lease has run out. */
  record Open() implements ShardEffect {}

  /**
   * Serve no more; whoever waits for a commit is cut off, because nobody can say how its write
   * ended.
   */
  record StepDown(long epoch) implements ShardEffect {}

  /** Link to the master of this epoch. */
  record Follow(NodeId master, long epoch) implements ShardEffect {}

  /** Follow nobody. */
  record StopFollowing() implements ShardEffect {}

  /** Let a follower go on from {@code lsn}. */
  record ResumeFollower(NodeId node, long lsn) implements ShardEffect {}

  /** Send a follower everything. */
  record SnapshotFollower(NodeId node) implements ShardEffect {}

  /** Turn a follower away; it asks again. */
  record RefuseFollower(NodeId node) implements ShardEffect {}

  /** Close the link of a node that is no member any more. */
  record DropFollower(NodeId node) implements ShardEffect {}

  /** The log is committed up to {@code lsn}: replies may leave, a follower applies. */
  record Committed(long lsn) implements ShardEffect {}

  /** Look for a topology newer than the installed one. */
  record Refresh() implements ShardEffect {}
}
