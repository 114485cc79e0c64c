package dev.kibi.node.store;

/**
 * What objects of this package take on the heap, in bytes: 64-bit HotSpot with compressed
 * references, objects aligned to 8.
 *
 * <p>With compact object headers, or on a heap above 32 GiB, the true figures differ by a few bytes
 * per object.
 */
final class HeapSize {

  private static final int OBJECT_HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int REFERENCE = 4;

  private HeapSize() {}

  /** An object whose fields hold so many references and so many other bytes. */
  static int object(int references, int otherBytes) {
    return align(OBJECT_HEADER + references * REFERENCE + otherBytes);
  }

  /** An array of bytes. */
  static long bytes(byte[] array) {
    return align((long) ARRAY_HEADER + array.length);
  }

  /** An array of references. */
  static long references(int length) {
    return align(ARRAY_HEADER + (long) length * REFERENCE);
  }

  /** The array length that uses the alignment gap after {@code length} bytes too. */
  static int roomFor(int length) {
    return length > Integer.MAX_VALUE - 16 ? length : align(length);
  }

  private static int align(int size) {
    return (size + 7) & -8;
  }

  private static long align(long size) {
    return (size + 7) & -8L;
  }
}
