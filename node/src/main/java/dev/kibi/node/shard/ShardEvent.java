package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import java.util.List;

/** What happens to a shard's machine; the time comes with each event. */
public sealed interface ShardEvent {

  /** A topology newer than every one before is known. */
  record Installed(Topology topology) implements ShardEvent {}

  /**
   * A compare-and-set that carries these changes has been sent; its outcome is open until a newer
   * version is installed.
   */
  record ChangesSent(List<TopologyChange> changes) implements ShardEvent {
    public ChangesSent {
      changes = List.copyOf(changes);
    }
  }

  /** The authority will never store the changes that were sent: they have not been made. */
  record ChangesRefused() implements ShardEvent {}

  /** The master executed writes; its log ends here now. */
  record Appended(long logEnd) implements ShardEvent {}

  /**
   * A follower linked to this master.
   *
   * @param common end of what its log and ours have in common
   * @param applied end of what it has applied
   * @param kept whether our log still holds everything from {@code common} on
   */
  record FollowRequested(NodeId node, long epoch, long common, long applied, boolean kept)
      implements ShardEvent {}

  /** The snapshot for a follower has been sent. */
  record SnapshotSent(NodeId node) implements ShardEvent {}

  /** A follower holds the log up to {@code lsn} and answers what we sent at {@code sentAt}. */
  record Acked(NodeId node, long epoch, long lsn, long sentAt) implements ShardEvent {}

  /** A follower's link broke. */
  record FollowerUnlinked(NodeId node) implements ShardEvent {}

  /** A connection to a follower whose link broke was refused at once. */
  record FollowerRefused(NodeId node) implements ShardEvent {}

  /** A follower's process is about to end; it asks to be taken out of the in-sync set first. */
  record FollowerLeaves(NodeId node) implements ShardEvent {}

  /** This master is to hand its shard over. {@code leave}: its own process is about to end. */
  record SwitchoverAsked(NodeId to, boolean leave) implements ShardEvent {}

  /** {@code node} knows a newer epoch of this shard than ours, or cannot take part in ours. */
  record Nacked(long epoch, NodeId node) implements ShardEvent {}

  /** The authority answered, whatever it said. */
  record AuthoritySeen() implements ShardEvent {}

  /** The master we follow spoke; we hold its log up to {@code received} and have answered. */
  record MasterHeard(long epoch, long commitLsn, long received) implements ShardEvent {}

  /** The link to the master broke and one immediate reconnect was refused. */
  record MasterRefused(long epoch) implements ShardEvent {}

  /** Time has passed. */
  record Tick() implements ShardEvent {}
}
