package dev.kibi.node.store;

import java.util.Arrays;

/**
 * Collects effects and hands them on as records, one record for each slot in turn.
 *
 * <p>The record is open until {@link #flush}, so that all a command does to a slot is one record;
 * only one of over 64 MiB is cut.
 */
final class EffectWriter {

  /** Enough for the records of a dump. */
  private static final int KEPT_BYTES = 128 << 10;

  private final EffectSink sink;
  private byte[] buffer = new byte[256];
  private int end;
  private int slot;
  private int keyAt;
  private int keyLength = -1;

  EffectWriter(EffectSink sink) {
    this.sink = sink;
  }

  /** Bytes of the open record, 0 when none is open. */
  int size() {
    return end;
  }

  /** Closes the open record, if any, and hands it on. */
  void flush() {
    if (end == 0) {
      return;
    }
    int body = end - Integer.BYTES;
    for (int i = 0; i < Integer.BYTES; i++) {
      buffer[i] = (byte) (body >>> (24 - 8 * i));
    }
    int length = end;
    end = 0;
    keyLength = -1;
    sink.accept(slot, buffer, 0, length);
    if (buffer.length > KEPT_BYTES) {
      buffer = new byte[KEPT_BYTES];
    }
  }

  void putString(Key key, StringForm form, long expireAtMs, byte[] bytes, int offset, int length) {
    select(key);
    code(Effect.PUT_STRING);
    buffer[end++] = (byte) form.ordinal();
    time(expireAtMs);
    bytes(bytes, offset, length);
  }

  void splice(Key key, int position, byte[] bytes, int offset, int length) {
    select(key);
    code(Effect.SPLICE);
    count(position);
    bytes(bytes, offset, length);
  }

  void delete(Key key) {
    select(key);
    code(Effect.DELETE);
  }

  void expireAt(Key key, long atMs) {
    select(key);
    code(Effect.EXPIRE_AT);
    time(atMs);
  }

  void putField(
      Key key,
      byte[] name,
      int nameAt,
      int nameLength,
      byte[] value,
      int valueAt,
      int valueLength) {
    select(key);
    code(Effect.PUT_FIELD);
    bytes(name, nameAt, nameLength);
    bytes(value, valueAt, valueLength);
  }

  void dropField(Key key, byte[] name, int nameAt, int nameLength) {
    select(key);
    code(Effect.DROP_FIELD);
    bytes(name, nameAt, nameLength);
  }

  void clearSlot(int cleared) {
    open(cleared);
    code(Effect.CLEAR_SLOT);
  }

  /** Everything an entry is, under the name {@code key}, over whatever that key held. */
  void entry(Key key, Entry entry) {
    switch (entry.value) {
      case StringData string ->
          putString(key, string.form(), entry.expireAtMs, string.array(), 0, string.length());
      case HashData hash -> {
        delete(key);
        hash.forEach((name, value) -> field(key, name, value));
        expireAt(key, entry.expireAtMs);
      }
    }
  }

  /** One field that the store holds. */
  void field(Key key, ByteView name, ByteView value) {
    select(key);
    code(Effect.PUT_FIELD);
    view(name);
    view(value);
  }

  private void open(int wanted) {
    if (end != 0 && (slot != wanted || end > Effect.SPLIT_BYTES)) {
      flush();
    }
    if (end == 0) {
      slot = wanted;
      buffer[Integer.BYTES] = (byte) (wanted >>> 8);
      buffer[Integer.BYTES + 1] = (byte) wanted;
      end = Effect.HEADER;
    }
  }

  private void select(Key key) {
    open(key.slot);
    if (keyLength == key.length
        && Arrays.equals(
            buffer, keyAt, keyAt + keyLength, key.buffer, key.offset, key.offset + key.length)) {
      return;
    }
    code(Effect.KEY);
    bytes(key.buffer, key.offset, key.length);
    keyLength = key.length;
    keyAt = end - keyLength;
  }

  private void code(int code) {
    ensure(16);
    buffer[end++] = (byte) code;
  }

  private void time(long ms) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[end++] = (byte) (ms >>> shift);
    }
  }

  private void count(int count) {
    ensure(5);
    int rest = count;
    while (rest >= 0x80) {
      buffer[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[end++] = (byte) rest;
  }

  private void bytes(byte[] source, int offset, int length) {
    count(length);
    ensure(length);
    System.arraycopy(source, offset, buffer, end, length);
    end += length;
  }

  private void view(ByteView view) {
    count(view.length());
    ensure(view.length());
    view.copyTo(0, buffer, end, view.length());
    end += view.length();
  }

  private void ensure(int more) {
    int needed = Math.addExact(end, more);
    if (needed > buffer.length) {
      int doubled = (int) Math.min(Effect.MOST_RECORD, 2L * buffer.length);
      buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
    }
  }
}
