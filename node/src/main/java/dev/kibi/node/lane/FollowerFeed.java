package dev.kibi.node.lane;

import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends one follower the shard: slot images where it needs them, the log, and heartbeats.
 *
 * <p>A snapshot takes no fork and no pause. Records of slot images and log bytes go out in the
 * order in which the lane made them, so each record is the state at the log position sent before
 * it, and what is written behind the walk follows as log.
 */
final class FollowerFeed {

  private final NodeId node;
  private final long epoch;
  private final PeerChannel channel;
  private final ReplicationLog log;
  private final SlotStore store;
  private long sentLsn;
  private long answeredAt;
  private @Nullable SlotImages images;

  FollowerFeed(
      NodeId node, long epoch, PeerChannel channel, ReplicationLog log, SlotStore store, long now) {
    this.node = node;
    this.epoch = epoch;
    this.channel = channel;
    this.log = log;
    this.store = store;
    this.answeredAt = now;
  }

  NodeId node() {
    return node;
  }

  PeerChannel channel() {
    return channel;
  }

  /** End of what this follower has been sent. */
  long sentLsn() {
    return sentLsn;
  }

  void answered(long now) {
    answeredAt = now;
  }

  /** When it answered last, or was linked. */
  long answeredAt() {
    return answeredAt;
  }

  /** Log bytes this follower has not been sent. */
  long lagBytes() {
    return log.end() - sentLsn;
  }

  void resumeAt(long lsn) {
    sentLsn = lsn;
    channel.send(new Frame.Resume(epoch, lsn, log.openHistory().starts()));
  }

  void beginSnapshot() {
    sentLsn = log.end();
    images =
        new SlotImages(
            store,
            IntStream.range(0, Slot.COUNT).filter(slot -> store.keys(slot) > 0).iterator(),
            bytes -> channel.send(new Frame.SnapshotChunk(epoch, bytes)));
    channel.send(new Frame.SnapshotBegin(epoch, sentLsn, log.openHistory().starts()));
  }

  /**
   * Sends as much as the link takes, images only when all log before them has been sent.
   *
   * @return whether a snapshot was ended by this call
   * @throws BacklogOverrunException when the log does not reach back to what the follower has
   */
  boolean pump(long commitLsn, long sentAtNanos) throws BacklogOverrunException {
    failIfOverrun();
    while (true) {
      SlotImages walk = images;
      boolean insideRecord = walk != null && walk.isInsideRecord();
      if (!insideRecord) {
        sendLog(commitLsn, sentAtNanos);
      }
      if (walk == null || !(insideRecord || sentLsn == log.end()) || !channel.takesImages()) {
        return false;
      }
      if (!walk.next()) {
        images = null;
        channel.send(new Frame.SnapshotEnd(epoch, log.end()));
        return true;
      }
    }
  }

  /**
   * Speaks even when there is nothing to say: the commit LSN, and the question that renews the
   * lease.
   */
  void heartbeat(long commitLsn, long sentAtNanos) {
    channel.send(new Frame.Append(epoch, sentLsn, commitLsn, sentAtNanos, ByteBuffer.allocate(0)));
  }

  /** Also while its link takes nothing, as it may never again. */
  private void failIfOverrun() throws BacklogOverrunException {
    if (!log.reachesBackTo(sentLsn)) {
      throw new BacklogOverrunException(
          "backlog: begins at "
              + log.start()
              + " (expected: at most "
              + sentLsn
              + " for "
              + node
              + ")");
    }
  }

  private void sendLog(long commitLsn, long sentAtNanos) {
    while (sentLsn < log.end() && channel.writable()) {
      int length = (int) Math.min(FrameCodec.CONTENT_BYTES_MAX, log.end() - sentLsn);
      ByteBuffer bytes = ByteBuffer.wrap(log.read(sentLsn, length));
      channel.send(new Frame.Append(epoch, sentLsn, commitLsn, sentAtNanos, bytes));
      sentLsn += length;
    }
  }
}
