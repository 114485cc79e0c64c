package dev.kibi.node.lane;

import dev.kibi.node.store.SlotDump;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.wire.FrameCodec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contents of some slots as effects, cut to what fits into a frame: what a snapshot and a slot
 * move send.
 *
 * <p>A record that is larger than a frame goes out in several, one at a time. Until it is whole at
 * the other end it is the state as it was when it was made, so nothing that changed it since may
 * overtake its end.
 */
final class SlotImages {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final SlotStore store;
  private final PrimitiveIterator.OfInt slots;
  private final Consumer<ByteBuffer> frames;
  private final Queue<ByteBuffer> rest = new ArrayDeque<>();
  private @Nullable SlotDump dump;

  /**
   * Gives {@code frames} the contents of {@code slots}, in this order, as it is asked to. Each
   * piece is valid only until {@code frames} returns.
   */
  SlotImages(SlotStore store, PrimitiveIterator.OfInt slots, Consumer<ByteBuffer> frames) {
    this.store = store;
    this.slots = slots;
    this.frames = frames;
  }

  /** Whether the record that was begun is not given to its end. */
  boolean isInsideRecord() {
    return !rest.isEmpty();
  }

  /** Gives the next piece and tells whether there was one. */
  boolean next() {
    ByteBuffer piece = rest.poll();
    if (piece != null) {
      frames.accept(piece);
      return true;
    }
    SlotDump current = dump;
    if (current == null) {
      if (!slots.hasNext()) {
        return false;
      }
      current = store.dump(slots.nextInt());
    }
    boolean more = current.next(this::cut, CHUNK_BYTES);
    dump = more ? current : null;
    return true;
  }

  private void cut(int slot, byte[] buffer, int offset, int length) {
    if (length <= FrameCodec.CONTENT_BYTES_MAX && rest.isEmpty()) {
      frames.accept(ByteBuffer.wrap(buffer, offset, length));
      return;
    }
    byte[] record = Arrays.copyOfRange(buffer, offset, offset + length);
    for (int done = 0; done < length; done += FrameCodec.CONTENT_BYTES_MAX) {
      int part = Math.min(FrameCodec.CONTENT_BYTES_MAX, length - done);
      rest.add(ByteBuffer.wrap(record, done, part));
    }
  }
}
