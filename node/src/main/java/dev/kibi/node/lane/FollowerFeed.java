package dev.kibi.node.lane;

import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.store.SlotDump;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one follower the shard: slot images where it needs them, the log, and heartbeats.
 *
 * <p>A snapshot takes no fork and no pause. Slot images and log bytes go out in the order in which
 * the lane made them, so each image is the state at the log position sent before it, and what is
 * written behind the walk follows as log.
 */
final class FollowerFeed {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final NodeId node;
  private final long epoch;
  private final PeerChannel channel;
  private final ReplicationLog log;
  private final SlotStore store;
  private long sentLsn;
  private int nextSlot = Slot.COUNT;
  private @Nullable SlotDump dump;

  FollowerFeed(NodeId node, long epoch, PeerChannel channel, ReplicationLog log, SlotStore store) {
    this.node = node;
    this.epoch = epoch;
    this.channel = channel;
    this.log = log;
    this.store = store;
  }

  NodeId node() {
    return node;
  }

  PeerChannel channel() {
    return channel;
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
    nextSlot = 0;
    channel.send(new Frame.SnapshotBegin(epoch, sentLsn, log.openHistory().starts()));
  }

  /**
   * Sends as much as the link takes, images only when all log before them has been sent.
   *
   * @return whether a snapshot was ended by this call
   * @throws BacklogOverrunException when the log does not reach back to what the follower has
   */
  boolean pump(long commitLsn, long sentAtNanos) throws BacklogOverrunException {
    boolean ended = false;
    sendLog(commitLsn, sentAtNanos);
    while (nextSlot < Slot.COUNT && sentLsn == log.end() && channel.writable()) {
      sendChunk();
      ended = nextSlot == Slot.COUNT;
    }
    if (ended) {
      channel.send(new Frame.SnapshotEnd(epoch, log.end()));
    }
    return ended;
  }

  /**
   * Speaks even when there is nothing to say: the commit LSN, and the question that renews the
   * lease.
   */
  void heartbeat(long commitLsn, long sentAtNanos) {
    channel.send(new Frame.Append(epoch, sentLsn, commitLsn, sentAtNanos, ByteBuffer.allocate(0)));
  }

  private void sendLog(long commitLsn, long sentAtNanos) throws BacklogOverrunException {
    while (sentLsn < log.end() && channel.writable()) {
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
      int length = (int) Math.min(FrameCodec.CONTENT_BYTES_MAX, log.end() - sentLsn);
      ByteBuffer bytes = ByteBuffer.wrap(log.read(sentLsn, length));
      channel.send(new Frame.Append(epoch, sentLsn, commitLsn, sentAtNanos, bytes));
      sentLsn += length;
    }
  }

  private void sendChunk() {
    SlotDump current = dump;
    if (current == null) {
      current = store.dump(nextSlot);
      dump = current;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean more =
        current.next(
            (slot, buffer, offset, length) -> bytes.write(buffer, offset, length), CHUNK_BYTES);
    sendPieces(bytes.toByteArray());
    if (!more) {
      dump = null;
      nextSlot++;
      while (nextSlot < Slot.COUNT && store.keys(nextSlot) == 0) {
        nextSlot++;
      }
    }
  }

  private void sendPieces(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += FrameCodec.CONTENT_BYTES_MAX) {
      int length = Math.min(FrameCodec.CONTENT_BYTES_MAX, bytes.length - at);
      channel.send(new Frame.SnapshotChunk(epoch, ByteBuffer.wrap(bytes, at, length)));
    }
  }
}
