package dev.kibi.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields of one frame body; a count or length is believed only as far as bytes are there.
 */
final class FrameReader {

  /** Reads one element. */
  interface Element<T> {
    T read(FrameReader in) throws WireException;
  }

  /** No log gets there, and nothing that is added to it overflows. */
  private static final long LSN_MAX = 1L << 62;

  private final ByteBuffer body;

  FrameReader(ByteBuffer body) {
    this.body = body;
  }

  int u8() throws WireException {
    need(1, "byte");
    return body.get() & 0xFF;
  }

  int i32() throws WireException {
    need(Integer.BYTES, "int");
    return body.getInt();
  }

  long i64() throws WireException {
    need(Long.BYTES, "long");
    return body.getLong();
  }

  /** A position in a log. */
  long lsn() throws WireException {
    long value = i64();
    if (value < 0 || value > LSN_MAX) {
      throw new WireException("LSN: " + value + " (expected: 0.." + LSN_MAX + ")");
    }
    return value;
  }

  boolean bool() throws WireException {
    int value = u8();
    if (value > 1) {
      throw new WireException("boolean: " + value + " (expected: 0 or 1)");
    }
    return value == 1;
  }

  String text(int lengthMax) throws WireException {
    int length = count("text", lengthMax);
    need(length, "text");
    byte[] bytes = new byte[length];
    body.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  <E extends Enum<E>> E constant(E[] values) throws WireException {
    int ordinal = u8();
    if (ordinal >= values.length) {
      throw new WireException("enum: " + ordinal + " (expected: 0.." + (values.length - 1) + ")");
    }
    return values[ordinal];
  }

  <T> List<T> list(int sizeMax, Element<T> element) throws WireException {
    int size = count("list", sizeMax);
    List<T> list = new ArrayList<>(Math.min(size, body.remaining()));
    for (int i = 0; i < size; i++) {
      list.add(element.read(this));
    }
    return list;
  }

  /** The rest of the body, not copied. */
  ByteBuffer rest() {
    ByteBuffer rest = body.slice().asReadOnlyBuffer();
    body.position(body.limit());
    return rest;
  }

  void end() throws WireException {
    if (body.hasRemaining()) {
      throw new WireException("frame: " + body.remaining() + " bytes too many");
    }
  }

  private int count(String what, int max) throws WireException {
    int count = i32();
    if (count < 0 || count > max) {
      throw new WireException(what + " length: " + count + " (expected: 0.." + max + ")");
    }
    return count;
  }

  private void need(int bytes, String what) throws WireException {
    if (body.remaining() < bytes) {
      throw new WireException(
          what + ": " + body.remaining() + " bytes left (expected: " + bytes + ")");
    }
  }
}
