package dev.kibi.node.store;

import java.util.Arrays;

/**
 * A string on the heap; it keeps some room behind its end when it was changed in part, as it then
 * often grows again.
 */
final class StringData implements Value, ByteView {

  /** Strings up to this length are {@code embstr} in Redis. */
  private static final int LONGEST_EMBEDDED = 44;

  private static final int OBJECT_BYTES = HeapSize.object(2, Integer.BYTES);
  private static final int MOST_SLACK = 1 << 20;

  private byte[] bytes;
  private int length;
  private StringForm form;

  private StringData(byte[] bytes, int length, StringForm form) {
    this.bytes = bytes;
    this.length = length;
    this.form = form;
  }

  static StringData of(byte[] source, int offset, int length, StringForm form) {
    byte[] bytes = new byte[HeapSize.roomFor(length)];
    System.arraycopy(source, offset, bytes, 0, length);
    return new StringData(bytes, length, form);
  }

  static StringData empty() {
    return new StringData(new byte[0], 0, StringForm.PARTS);
  }

  /**
   * Replaces the whole string; the array stays when the new bytes would get one of the same size.
   */
  void set(byte[] source, int offset, int newLength, StringForm newForm) {
    int room = HeapSize.roomFor(newLength);
    if (bytes.length != room) {
      bytes = new byte[room];
    }
    System.arraycopy(source, offset, bytes, 0, newLength);
    length = newLength;
    form = newForm;
  }

  /** Writes bytes at a position, filling a gap before it with zeros. */
  void splice(int position, byte[] source, int offset, int count) {
    int end = position + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, HeapSize.roomFor(end + Math.min(end, MOST_SLACK)));
    }
    if (position > length) {
      Arrays.fill(bytes, length, position, (byte) 0);
    }
    System.arraycopy(source, offset, bytes, position, count);
    length = Math.max(length, end);
    form = StringForm.PARTS;
  }

  StringForm form() {
    return form;
  }

  /** The array behind the string; only its first {@link #length()} bytes belong to it. */
  byte[] array() {
    return bytes;
  }

  @Override
  public ValueKind kind() {
    return ValueKind.STRING;
  }

  @Override
  public String encoding() {
    if (form == StringForm.PARTS || length > LONGEST_EMBEDDED) {
      return "raw";
    }
    return form == StringForm.WHOLE && Integers.isInteger(bytes, 0, length) ? "int" : "embstr";
  }

  @Override
  public long heapBytes() {
    return OBJECT_BYTES + HeapSize.bytes(bytes);
  }

  /** The copy is of the same form without slack; Redis keeps the encoding on COPY too. */
  @Override
  public StringData copy() {
    return of(bytes, 0, length, form);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte at(int index) {
    if (index >= length) {
      throw new IndexOutOfBoundsException("index: " + index + " (expected: < " + length + ")");
    }
    return bytes[index];
  }

  @Override
  public void copyTo(int from, byte[] target, int at, int count) {
    if (from + count > length) {
      throw new IndexOutOfBoundsException(
          "end: " + (from + count) + " (expected: <= " + length + ")");
    }
    System.arraycopy(bytes, from, target, at, count);
  }
}
