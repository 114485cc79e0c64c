package dev.kibi.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the fields of one frame into an array that grows. */
final class FrameWriter {

  /** Writes one element. */
  interface Element<T> {
    void write(FrameWriter out, T element);
  }

  private byte[] bytes;
  private int size;

  FrameWriter(int sizeHint) {
    bytes = new byte[Math.max(64, sizeHint)];
  }

  FrameWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  FrameWriter i32(int value) {
    room(Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(size, value);
    size += Integer.BYTES;
    return this;
  }

  FrameWriter i64(long value) {
    room(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(size, value);
    size += Long.BYTES;
    return this;
  }

  FrameWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  FrameWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    i32(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  FrameWriter constant(Enum<?> value) {
    return u8(value.ordinal());
  }

  <T> FrameWriter list(List<T> list, Element<T> element) {
    i32(list.size());
    for (T each : list) {
      element.write(this, each);
    }
    return this;
  }

  FrameWriter bytes(ByteBuffer content) {
    int length = content.remaining();
    room(length);
    content.duplicate().get(bytes, size, length);
    size += length;
    return this;
  }

  /**
   * Writes the length of everything behind the first four bytes into them and returns the whole.
   */
  ByteBuffer finish() {
    ByteBuffer.wrap(bytes).putInt(0, size - Integer.BYTES);
    return ByteBuffer.wrap(bytes, 0, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
