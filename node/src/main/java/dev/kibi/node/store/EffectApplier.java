package dev.kibi.node.store;

import dev.kibi.protocol.slot.Slot;

/**
 * Applies records of effects to a store; the format and why it may be applied twice are with {@link
 * Effect}.
 *
 * <p>An effect on a key that holds another kind of value begins with an empty value of its own
 * kind: this happens only when a log is applied to a state that is ahead of it, and then a later
 * effect puts it right.
 */
public final class EffectApplier {

  private final EffectReader in = new EffectReader();
  private final Key key = new Key();

  /**
   * Applies every complete record in {@code buffer[from, to)} and returns how many bytes they took;
   * an incomplete one at the end is left for the next call.
   *
   * @throws CorruptEffectException saying what was found and what was expected; the store may then
   *     hold a part of the record
   */
  public int apply(byte[] buffer, int from, int to, SlotStore store) {
    int at = from;
    while (at < to) {
      int length = recordLength(buffer, at, to);
      if (length < 0) {
        break;
      }
      in.open(buffer, at + Integer.BYTES, at + length);
      applyRecord(store);
      at += length;
    }
    return at - from;
  }

  /**
   * The length in bytes of the record that begins at {@code from}, or -1 when it does not end
   * before {@code to}.
   *
   * @throws CorruptEffectException when no record can be as long as this one claims to be
   */
  public static int recordLength(byte[] buffer, int from, int to) {
    if (to - from < Integer.BYTES) {
      return -1;
    }
    int body = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      body = (body << 8) | (buffer[from + i] & 0xFF);
    }
    if (body <= Short.BYTES || body > Effect.MOST_RECORD) {
      throw new CorruptEffectException(
          "effect record length: "
              + body
              + " (expected: "
              + (Short.BYTES + 1)
              + ".."
              + Effect.MOST_RECORD
              + ")");
    }
    return body <= to - from - Integer.BYTES ? Integer.BYTES + body : -1;
  }

  private void applyRecord(SlotStore store) {
    int slot = in.u16("slot");
    if (slot >= Slot.COUNT) {
      throw in.corrupt("slot: " + slot + " (expected: 0.." + (Slot.COUNT - 1) + ")");
    }
    boolean hasKey = false;
    while (in.hasMore()) {
      int code = in.u8("code");
      if (code == Effect.KEY) {
        readKey(slot, store);
        hasKey = true;
      } else if (code == Effect.CLEAR_SLOT) {
        store.clear(slot);
      } else if (hasKey) {
        applyToKey(code, store);
      } else {
        throw in.corrupt("code: " + code + " (expected: KEY or CLEAR_SLOT first)");
      }
    }
  }

  private void readKey(int slot, SlotStore store) {
    int length = in.bytes("key");
    int itsSlot = Slot.ofKey(in.buffer(), in.bytesAt, length);
    if (itsSlot != slot) {
      throw in.corrupt("slot of the key: " + itsSlot + " (expected: " + slot + ")");
    }
    key.show(in.buffer(), in.bytesAt, length, slot, store.hash(in.buffer(), in.bytesAt, length));
  }

  private void applyToKey(int code, SlotStore store) {
    switch (code) {
      case Effect.PUT_STRING -> {
        StringForm form = form(in.u8("form"));
        long expireAtMs = expiry();
        int length = in.bytes("string");
        store.putString(key, in.buffer(), in.bytesAt, length, form, expireAtMs);
      }
      case Effect.SPLICE -> {
        int position = in.count("position");
        int length = in.bytes("bytes");
        if (position + (long) length > Effect.MOST_COUNT) {
          throw in.corrupt(
              "end: "
                  + (position + (long) length)
                  + " (expected: at most "
                  + Effect.MOST_COUNT
                  + ")");
        }
        store.splice(key, position, in.buffer(), in.bytesAt, length);
      }
      case Effect.DELETE -> store.delete(key);
      case Effect.EXPIRE_AT -> store.expireAt(key, expiry());
      case Effect.PUT_FIELD -> {
        int nameLength = in.bytes("field");
        int nameAt = in.bytesAt;
        int valueLength = in.bytes("value");
        store.putField(key, in.buffer(), nameAt, nameLength, in.buffer(), in.bytesAt, valueLength);
      }
      case Effect.DROP_FIELD -> {
        int length = in.bytes("field");
        store.removeField(key, in.buffer(), in.bytesAt, length);
      }
      default -> throw in.corrupt("code: " + code + " (expected: 1.." + Effect.CLEAR_SLOT + ")");
    }
  }

  private StringForm form(int code) {
    StringForm form = StringForm.ofCode(code);
    if (form == null) {
      throw in.corrupt(
          "form: " + code + " (expected: 0.." + (StringForm.values().length - 1) + ")");
    }
    return form;
  }

  /** Any time from 0 on will do: Redis lets a client set an expiry in the past. */
  private long expiry() {
    long atMs = in.i64("expiry");
    if (atMs < Entry.NO_EXPIRY) {
      throw in.corrupt("expiry: " + atMs + " (expected: -1, or milliseconds since the epoch)");
    }
    return atMs;
  }
}
