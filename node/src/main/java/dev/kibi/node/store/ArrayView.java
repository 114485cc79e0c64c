package dev.kibi.node.store;

/**
 * A view of a part of an array that can be pointed at another part, so that a walk needs only one.
 */
final class ArrayView implements ByteView {

  private static final byte[] NOTHING = new byte[0];

  private byte[] array = NOTHING;
  private int offset;
  private int length;

  /** Points this view at {@code array[offset, offset + length)}. */
  ArrayView show(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
    return this;
  }

  ArrayView show(byte[] array) {
    return show(array, 0, array.length);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte at(int index) {
    return array[offset + index];
  }

  @Override
  public void copyTo(int from, byte[] target, int at, int count) {
    System.arraycopy(array, offset + from, target, at, count);
  }
}
