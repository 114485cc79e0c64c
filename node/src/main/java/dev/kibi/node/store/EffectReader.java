package dev.kibi.node.store;

/**
 * Reads one record of effects; whatever it is asked for is checked against the record's end first.
 */
final class EffectReader {

  private byte[] buffer = new byte[0];
  private int start;
  private int at;
  private int end;

  /** Where the bytes that {@link #bytes} has read begin. */
  int bytesAt;

  void open(byte[] record, int from, int to) {
    buffer = record;
    start = from;
    at = from;
    end = to;
  }

  boolean hasMore() {
    return at < end;
  }

  byte[] buffer() {
    return buffer;
  }

  int u8(String what) {
    require(1, what);
    return buffer[at++] & 0xFF;
  }

  int u16(String what) {
    return (u8(what) << 8) | u8(what);
  }

  long i64(String what) {
    require(Long.BYTES, what);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (buffer[at++] & 0xFF);
    }
    return value;
  }

  int count(String what) {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = u8(what);
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        if (value > Effect.MOST_COUNT) {
          break;
        }
        return (int) value;
      }
    }
    throw corrupt(what + ": " + value + " (expected: at most " + Effect.MOST_COUNT + ")");
  }

  /** Reads a run of bytes: returns its length, and {@link #bytesAt} says where it begins. */
  int bytes(String what) {
    int length = count(what);
    require(length, what);
    bytesAt = at;
    at += length;
    return length;
  }

  CorruptEffectException corrupt(String what) {
    return new CorruptEffectException("effect at byte " + (at - start) + " of its record: " + what);
  }

  private void require(int count, String what) {
    if (end - at < count) {
      throw corrupt(what + ": " + (end - at) + " bytes left (expected: " + count + ")");
    }
  }
}
