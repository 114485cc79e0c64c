package dev.kibi.node.store;

/**
 * A run of bytes that the store owns, to be read at once: it is valid only until the next change of
 * the keyspace, or until the visitor it was given to returns.
 */
public interface ByteView {

  /** How many bytes. */
  int length();

  /** One byte. */
  byte at(int index);

  /** Copies {@code count} bytes that start at {@code from} to {@code target[at, at + count)}. */
  void copyTo(int from, byte[] target, int at, int count);

  /** A copy of all bytes. */
  default byte[] toBytes() {
    byte[] copy = new byte[length()];
    copyTo(0, copy, 0, copy.length);
    return copy;
  }
}
