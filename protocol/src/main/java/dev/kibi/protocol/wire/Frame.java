package dev.kibi.protocol.wire;

import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A message on the peer port (16379). Byte contents are read-only views that are valid only until
 * the frame has been handled.
 *
 * <p>LSNs are byte offsets into a lane's effect stream. {@code sentAtNanos} is the sender's
 * monotonic clock, which only its sender reads: an answer carries it back.
 */
public sealed interface Frame {

  /**
   * The first frame of a link that says what the link is for. Addresses are given to other pods and
   * other clusters, so whoever answers compares both names with its own.
   */
  sealed interface Opening extends Frame {

    /** The cluster the caller belongs to. */
    String clusterUid();

    /** Uid of the pod the caller means; whichever process runs in it may answer. */
    String to();
  }

  /** Effects that recreate part of what slots hold. There may be gigabytes, and nobody waits. */
  sealed interface Image extends Frame {

    ByteBuffer effects();
  }

  /** An operator opens a control link; the node answers with {@link Report}s. */
  record OperatorHello(String clusterUid, String to) implements Opening {}

  /** Operator or peer to node: a topology it may not know yet. */
  record TopologyPush(Topology topology) implements Frame {}

  /**
   * Node to operator: what the node is and sees, at once, at every heartbeat and on every change.
   */
  record Report(NodeReport report) implements Frame {}

  /**
   * Follower to master: copy the shard to me.
   *
   * @param received end of the follower's log
   * @param applied end of what it has applied
   * @param history where each epoch of its log begins
   */
  record Follow(
      String clusterUid,
      String to,
      int shard,
      long epoch,
      NodeId node,
      long received,
      long applied,
      List<EpochStart> history)
      implements Opening {
    public Follow {
      history = List.copyOf(history);
    }
  }

  /** Master to follower: cut your log to {@code lsn} and go on from there. */
  record Resume(long epoch, long lsn, List<EpochStart> history) implements Frame {
    public Resume {
      history = List.copyOf(history);
    }
  }

  /**
   * Master to follower: forget everything; slot images and the log from {@code lsn} on follow,
   * interleaved.
   */
  record SnapshotBegin(long epoch, long lsn, List<EpochStart> history) implements Frame {
    public SnapshotBegin {
      history = List.copyOf(history);
    }
  }

  /** Master to follower: effects that recreate part of a slot. */
  record SnapshotChunk(long epoch, ByteBuffer effects) implements Image {}

  /** Master to follower: every slot has been sent; the state is the master's at {@code lsn}. */
  record SnapshotEnd(long epoch, long lsn) implements Frame {}

  /** Master to follower: log bytes from {@code lsn} on; a heartbeat when there are none. */
  record Append(long epoch, long lsn, long commitLsn, long sentAtNanos, ByteBuffer effects)
      implements Frame {}

  /**
   * Follower to master: I hold the log up to {@code lsn}; it also renews the lease.
   *
   * @param sentAtNanos of the answered message, on the master's clock
   */
  record Ack(long epoch, NodeId node, long lsn, long sentAtNanos) implements Frame {}

  /**
   * I know a newer epoch of this shard (M: EpochFence), or cannot take part in yours.
   *
   * @param node who answers: another life of the pod that was asked proves the older one dead
   */
  record Nack(int shard, long epoch, NodeId node) implements Frame {}

  /**
   * Source master to target master: a slot move begins anew.
   *
   * @param attempt rises with every try of this source; a higher one starts the staging empty
   */
  record MoveBegin(
      String clusterUid,
      String to,
      long moveId,
      SlotSet slots,
      long fromEpoch,
      long toEpoch,
      long attempt)
      implements Opening {}

  /** Source to target: effects that recreate part of the moving slots. */
  record MoveData(long moveId, long attempt, ByteBuffer effects) implements Image {}

  /** Source to target: everything has been sent, and the source has stopped. */
  record MoveEnd(long moveId, long attempt) implements Frame {}

  /** Target to source: my in-sync set holds everything (M: CaughtUpAfterCommit, CaughtUpTagged). */
  record CaughtUp(long moveId, long fromEpoch, long toEpoch, long attempt) implements Frame {}

  /** Target to source: not now, and why. */
  record MoveRefused(long moveId, long attempt, String reason) implements Frame {}

  /**
   * Operator to a shard's master: hand the shard over to {@code to}. Sent again for as long as it
   * is wanted; what came of it is seen in the topology. Without effect where shard, epoch or master
   * are not as the sender believes.
   */
  record Switchover(int shard, long epoch, NodeId to) implements Frame {}

  /** Follower to master: take me out of the in-sync set, my process is about to end. */
  record Leave(long epoch, NodeId node) implements Frame {}
}
