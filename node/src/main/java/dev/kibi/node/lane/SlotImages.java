package dev.kibi.node.lane;

import dev.kibi.node.store.SlotDump;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.wire.FrameCodec;
import java.nio.ByteBuffer;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contents of some slots as effects, cut to what fits into a frame: what a snapshot and a slot
 * move send.
 */
final class SlotImages {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final SlotStore store;
  private final PrimitiveIterator.OfInt slots;
  private final Consumer<ByteBuffer> frames;
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

  /** Gives the next chunk and tells whether there was one. */
  boolean next() {
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

  private void cut(int slot, byte[] records, int offset, int length) {
    for (int done = 0; done < length; done += FrameCodec.CONTENT_BYTES_MAX) {
      int part = Math.min(FrameCodec.CONTENT_BYTES_MAX, length - done);
      frames.accept(ByteBuffer.wrap(records, offset + done, part));
    }
  }
}
