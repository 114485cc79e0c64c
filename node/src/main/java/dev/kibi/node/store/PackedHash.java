package dev.kibi.node.store;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A small hash in one array: {@code length, name, length, value} for each field in order of
 * insertion, a length being one byte.
 *
 * <p>The limits are those of {@code hash-max-listpack-entries} and {@code hash-max-listpack-value}
 * in Redis 7.0, so that OBJECT ENCODING, the order of fields and DUMP agree with it.
 */
final class PackedHash extends HashData {

  static final int MOST_FIELDS = 512;
  static final int LONGEST = 64;

  private static final int OBJECT_BYTES = HeapSize.object(1, 2 * Integer.BYTES);

  private byte[] bytes = new byte[0];
  private int end;
  private int size;

  /** Whether this hash may stay packed after {@link #put} with these lengths. */
  boolean hasRoomFor(byte[] name, int nameAt, int nameLength, int valueLength) {
    return nameLength <= LONGEST
        && valueLength <= LONGEST
        && (size < MOST_FIELDS || find(name, nameAt, nameLength) >= 0);
  }

  @Override
  boolean put(byte[] name, int nameAt, int nameLength, byte[] value, int valueAt, int valueLength) {
    int found = find(name, nameAt, nameLength);
    if (found >= 0) {
      int lengthAt = found + 1 + nameLength;
      resize(lengthAt + 1, bytes[lengthAt], valueLength);
      write(lengthAt, value, valueAt, valueLength);
      return false;
    }
    int at = end;
    resize(at, 0, 2 + nameLength + valueLength);
    write(write(at, name, nameAt, nameLength), value, valueAt, valueLength);
    size++;
    return true;
  }

  @Override
  boolean remove(byte[] name, int nameAt, int nameLength) {
    int found = find(name, nameAt, nameLength);
    if (found < 0) {
      return false;
    }
    resize(found, after(found) - found, 0);
    size--;
    return true;
  }

  @Override
  public PackedHash copy() {
    PackedHash copy = new PackedHash();
    copy.bytes = Arrays.copyOf(bytes, HeapSize.roomFor(end));
    copy.end = end;
    copy.size = size;
    return copy;
  }

  @Override
  public String encoding() {
    return "listpack";
  }

  @Override
  public boolean isPacked() {
    return true;
  }

  @Override
  public long heapBytes() {
    return OBJECT_BYTES + HeapSize.bytes(bytes);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable ByteView get(byte[] buffer, int offset, int length) {
    int found = find(buffer, offset, length);
    if (found < 0) {
      return null;
    }
    int lengthAt = found + 1 + length;
    return new ArrayView().show(bytes, lengthAt + 1, bytes[lengthAt]);
  }

  @Override
  public void forEach(FieldVisitor visitor) {
    ArrayView name = new ArrayView();
    ArrayView value = new ArrayView();
    for (int at = 0; at < end; at = after(at)) {
      show(at, name, value);
      visitor.field(name, value);
    }
  }

  @Override
  public long scan(long cursor, int count, FieldVisitor visitor) {
    forEach(visitor);
    return 0;
  }

  @Override
  public void random(RandomGenerator random, FieldVisitor visitor) {
    int at = 0;
    for (int skipped = random.nextInt(size); skipped > 0; skipped--) {
      at = after(at);
    }
    ArrayView name = new ArrayView();
    ArrayView value = new ArrayView();
    show(at, name, value);
    visitor.field(name, value);
  }

  /** Where the field of this name begins, or -1. */
  private int find(byte[] name, int nameAt, int nameLength) {
    for (int at = 0; at < end; at = after(at)) {
      if (bytes[at] == nameLength
          && Arrays.equals(bytes, at + 1, at + 1 + nameLength, name, nameAt, nameAt + nameLength)) {
        return at;
      }
    }
    return -1;
  }

  private int after(int at) {
    int lengthAt = at + 1 + bytes[at];
    return lengthAt + 1 + bytes[lengthAt];
  }

  private void show(int at, ArrayView name, ArrayView value) {
    int lengthAt = at + 1 + bytes[at];
    name.show(bytes, at + 1, bytes[at]);
    value.show(bytes, lengthAt + 1, bytes[lengthAt]);
  }

  /**
   * Makes the {@code oldCount} bytes at a position {@code newCount} bytes long, moving what
   * follows.
   */
  private void resize(int at, int oldCount, int newCount) {
    int newEnd = end + newCount - oldCount;
    byte[] target = bytes;
    if (newEnd > bytes.length || newEnd < bytes.length / 2) {
      target = new byte[HeapSize.roomFor(newEnd + newEnd / 8)];
      System.arraycopy(bytes, 0, target, 0, at);
    }
    System.arraycopy(bytes, at + oldCount, target, at + newCount, end - at - oldCount);
    bytes = target;
    end = newEnd;
  }

  private int write(int at, byte[] source, int offset, int length) {
    bytes[at] = (byte) length;
    System.arraycopy(source, offset, bytes, at + 1, length);
    return at + 1 + length;
  }
}
