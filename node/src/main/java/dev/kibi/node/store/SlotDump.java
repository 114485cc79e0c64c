package dev.kibi.node.store;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A walk that copies one slot out as records of effects, in small steps, while commands go on
 * changing the slot.
 *
 * <p>The records begin with CLEAR_SLOT. Applied together with all that is logged from the first
 * step on (interleaved as it came, or the log after the dump) they give the slot as it is: a key
 * that changed behind the walk is in the log, one that changed before it is reached is in both. The
 * walk follows the order of hashes, so growing tables do not disturb it.
 */
public final class SlotDump {

  private static final int FIELDS = 16;

  /** A follower applies a record as a whole, so a record should not be much larger than this. */
  private static final int RECORD_BYTES = 64 << 10;

  private static final EffectSink NOWHERE = (slot, buffer, offset, length) -> {};

  private final SlotStore store;
  private final int slot;
  private final Key key = new Key();
  private final ArrayDeque<Entry> large = new ArrayDeque<>();
  private final EffectWriter out = new EffectWriter(this::emit);
  private EffectSink target = NOWHERE;
  private long emitted;
  private boolean begun;
  private int nextHash;
  private long fieldCursor;

  SlotDump(SlotStore store, int slot) {
    this.store = store;
    this.slot = slot;
  }

  /**
   * Emits records until they make up about {@code budgetBytes} or the end is reached, and tells
   * whether there is more. Only a single string larger than the budget exceeds it by much, or a few
   * fields of a hash that are.
   */
  public boolean next(EffectSink sink, int budgetBytes) {
    target = sink;
    emitted = 0;
    if (!begun) {
      begun = true;
      out.clearSlot(slot);
    }
    while (hasMore() && emitted + out.size() < budgetBytes) {
      if (large.isEmpty()) {
        writeEntry();
      } else {
        writeFields();
      }
      if (out.size() >= RECORD_BYTES) {
        out.flush();
      }
    }
    out.flush();
    target = NOWHERE;
    return hasMore();
  }

  private void emit(int itsSlot, byte[] buffer, int offset, int length) {
    emitted += length;
    target.accept(itsSlot, buffer, offset, length);
  }

  private boolean hasMore() {
    return nextHash < SeededHash.END || !large.isEmpty();
  }

  /** The next one, or a few whose hashes are equal. */
  private void writeEntry() {
    nextHash = store.table(slot).entries.walk(nextHash, 1, this::write);
  }

  private void write(Entry entry) {
    if (entry.value instanceof TableHash) {
      large.add(entry);
    } else {
      out.entry(key.show(entry, slot), entry);
    }
  }

  /**
   * Some fields of the first large hash; it may have been changed, deleted or replaced since the
   * last step.
   */
  private void writeFields() {
    Entry queued = large.element();
    key.show(queued, slot);
    Entry entry = store.find(key);
    if (entry == null || !(entry.value instanceof TableHash hash)) {
      // What was done to it is in the log, or, had it become small before its first step, it is
      // written whole here.
      finishLarge(entry);
      return;
    }
    if (fieldCursor == 0) {
      out.delete(key);
    }
    fieldCursor = hash.scan(fieldCursor, FIELDS, (name, value) -> out.field(key, name, value));
    if (fieldCursor == 0) {
      out.expireAt(key, entry.expireAtMs);
      large.remove();
    }
  }

  private void finishLarge(@Nullable Entry entry) {
    large.remove();
    fieldCursor = 0;
    if (entry != null) {
      out.entry(key, entry);
    }
  }
}
