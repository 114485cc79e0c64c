package dev.kibi.node.store;

import dev.kibi.protocol.slot.Slot;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the keys of the visible slots: SCAN, KEYS and RANDOMKEY. Expired keys are not shown.
 */
final class KeyWalk {

  private static final int RANDOM_TRIES = 100;

  private final SlotStore store;
  private final RandomGenerator random;
  private final ArrayView name = new ArrayView();
  private int visited;

  KeyWalk(SlotStore store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  /**
   * The cursor is {@code slot << 24 | hash}, where to go on from; 0 begins, and is returned at the
   * end.
   */
  long scan(long cursor, long count, long nowMs, KeyVisitor visitor) {
    long firstSlot = cursor >>> SeededHash.BITS;
    if (firstSlot >= Slot.COUNT) {
      return 0;
    }
    int hash = (int) cursor & (SeededHash.END - 1);
    visited = 0;
    for (int slot = (int) firstSlot; slot < Slot.COUNT; slot++) {
      if (store.isVisible(slot) && store.keys(slot) > 0) {
        if (visited >= count) {
          return cursor(slot, hash);
        }
        int limit = (int) Math.min(Integer.MAX_VALUE, count - visited);
        hash = store.table(slot).entries.walk(hash, limit, entry -> show(entry, nowMs, visitor));
        if (hash < SeededHash.END) {
          return cursor(slot, hash);
        }
      }
      hash = 0;
    }
    return 0;
  }

  void slot(int slot, long nowMs, KeyVisitor visitor) {
    if (store.isVisible(slot) && store.keys(slot) > 0) {
      store.table(slot).entries.walk(0, Integer.MAX_VALUE, entry -> show(entry, nowMs, visitor));
    }
  }

  /**
   * A key by chance, or null when there is none; after many expired ones it gives up and answers
   * null, though some key may be left.
   */
  @Nullable Entry random(long nowMs) {
    long keys = store.visibleKeys();
    for (int tries = 0; tries < RANDOM_TRIES && keys > 0; tries++) {
      Entry entry = store.table(slotOfKey(random.nextLong(keys))).entries.random(random);
      if (entry != null && !entry.isExpired(nowMs)) {
        return entry;
      }
    }
    return null;
  }

  /** The slot in which the key of this number is, when keys are numbered through slot by slot. */
  private int slotOfKey(long number) {
    long left = number;
    int slot = -1;
    while (left >= 0) {
      slot++;
      left -= store.isVisible(slot) ? store.keys(slot) : 0;
    }
    return slot;
  }

  private void show(Entry entry, long nowMs, KeyVisitor visitor) {
    visited++;
    if (!entry.isExpired(nowMs)) {
      visitor.key(name.show(entry.key), entry.value.kind());
    }
  }

  private static long cursor(int slot, int hash) {
    return ((long) slot << SeededHash.BITS) | hash;
  }
}
