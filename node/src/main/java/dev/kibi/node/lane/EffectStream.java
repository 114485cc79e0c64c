package dev.kibi.node.lane;

import dev.kibi.node.store.EffectApplier;
import dev.kibi.node.store.SlotStore;
import java.util.Arrays;

/** Applies a stream of effect records that comes in pieces; a record waits until it is whole. */
final class EffectStream {

  /** Told of every run of whole records once they are applied. */
  interface Applied {
    void records(byte[] buffer, int offset, int length);
  }

  private final SlotStore store;
  private final Applied applied;
  private final EffectApplier applier = new EffectApplier();
  private byte[] tail = new byte[0];
  private int size;

  EffectStream(SlotStore store) {
    this(store, (buffer, offset, length) -> {});
  }

  EffectStream(SlotStore store, Applied applied) {
    this.store = store;
    this.applied = applied;
  }

  /** Takes the next piece and applies every record that is whole now. */
  void feed(byte[] bytes) {
    if (size == 0) {
      int whole = apply(bytes, bytes.length);
      keep(bytes, whole, bytes.length - whole);
      return;
    }
    if (tail.length - size < bytes.length) {
      tail = Arrays.copyOf(tail, Math.max(size + bytes.length, tail.length * 2));
    }
    System.arraycopy(bytes, 0, tail, size, bytes.length);
    size += bytes.length;
    int whole = apply(tail, size);
    keep(tail, whole, size - whole);
  }

  private int apply(byte[] buffer, int length) {
    int whole = applier.apply(buffer, 0, length, store);
    if (whole > 0) {
      applied.records(buffer, 0, whole);
    }
    return whole;
  }

  /** Bytes of the record that is not whole yet. */
  int pending() {
    return size;
  }

  /** Forgets the unfinished record. */
  void reset() {
    size = 0;
  }

  private void keep(byte[] from, int offset, int length) {
    if (length > tail.length) {
      tail = new byte[length];
    }
    System.arraycopy(from, offset, tail, 0, length);
    size = length;
    if (size == 0 && tail.length > (1 << 20)) {
      tail = new byte[0];
    }
  }
}
