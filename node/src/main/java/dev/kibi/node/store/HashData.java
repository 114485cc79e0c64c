package dev.kibi.node.store;

/** The encodings of a hash: packed while small, a table from then on. */
abstract sealed class HashData implements Value, HashValue permits PackedHash, TableHash {

  /** Sets a field and tells whether it is new. */
  abstract boolean put(
      byte[] name, int nameAt, int nameLength, byte[] value, int valueAt, int valueLength);

  /** Removes a field and tells whether it was there. */
  abstract boolean remove(byte[] name, int nameAt, int nameLength);

  @Override
  public abstract HashData copy();

  @Override
  public final ValueKind kind() {
    return ValueKind.HASH;
  }
}
