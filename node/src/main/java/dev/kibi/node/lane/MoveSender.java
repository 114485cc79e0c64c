package dev.kibi.node.lane;

import dev.kibi.node.shard.MoveEvent;
import dev.kibi.node.store.SlotDump;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source's end of one attempt to move slots: sends what they hold and waits for CAUGHT_UP. */
final class MoveSender implements PeerHandler {

  private static final Logger LOG = LoggerFactory.getLogger(MoveSender.class);
  private static final int CHUNK_BYTES = 64 * 1024;

  private final SlotMove move;
  private final long attempt;
  private final PeerChannel channel;
  private final SlotStore store;
  private final Consumer<MoveEvent> events;
  private final PrimitiveIterator.OfInt slots;
  private @Nullable SlotDump dump;
  private boolean ended;

  MoveSender(
      String clusterUid,
      SlotMove move,
      long attempt,
      PeerChannel channel,
      SlotStore store,
      Consumer<MoveEvent> events) {
    this.move = move;
    this.attempt = attempt;
    this.channel = channel;
    this.store = store;
    this.events = events;
    this.slots = move.slots().iterator();
    channel.send(
        new Frame.MoveBegin(
            clusterUid, move.id(), move.slots(), move.fromEpoch(), move.toEpoch(), attempt));
    drained();
  }

  void close() {
    channel.close();
  }

  @Override
  public void drained() {
    while (!ended && channel.writable()) {
      SlotDump current = dump;
      if (current == null) {
        if (!slots.hasNext()) {
          ended = true;
          channel.send(new Frame.MoveEnd(move.id(), attempt));
          return;
        }
        current = store.dump(slots.nextInt());
        dump = current;
      }
      if (!sendChunk(current)) {
        dump = null;
      }
    }
  }

  private boolean sendChunk(SlotDump from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean more =
        from.next(
            (slot, buffer, offset, length) -> bytes.write(buffer, offset, length), CHUNK_BYTES);
    byte[] chunk = bytes.toByteArray();
    for (int at = 0; at < chunk.length; at += FrameCodec.CONTENT_BYTES_MAX) {
      int length = Math.min(FrameCodec.CONTENT_BYTES_MAX, chunk.length - at);
      channel.send(new Frame.MoveData(move.id(), attempt, ByteBuffer.wrap(chunk, at, length)));
    }
    return more;
  }

  @Override
  public void frame(Frame frame) {
    switch (frame) {
      case Frame.CaughtUp caughtUp ->
          events.accept(
              new MoveEvent.CaughtUp(
                  caughtUp.moveId(), caughtUp.fromEpoch(), caughtUp.toEpoch(), caughtUp.attempt()));
      case Frame.MoveRefused refused -> {
        LOG.info(
            "move {} of slots {} to shard {} refused: {}",
            move.id(),
            move.slots(),
            move.to(),
            refused.reason());
        fail();
      }
      default -> {
        LOG.warn(
            "move {}: unexpected {} from {}",
            move.id(),
            frame.getClass().getSimpleName(),
            channel.remote());
        fail();
      }
    }
  }

  @Override
  public void closed() {
    events.accept(new MoveEvent.Failed(move.id(), attempt));
  }

  private void fail() {
    channel.close();
    closed();
  }
}
