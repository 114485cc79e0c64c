package dev.kibi.node.store;

/** A key with its value, its expiry and the clock that eviction looks at. */
final class Entry extends Node {

  /** The expiry of a key that has none. */
  static final long NO_EXPIRY = -1;

  private static final int OBJECT_BYTES = HeapSize.object(3, 2 * Integer.BYTES + Long.BYTES);

  Value value;

  /** Milliseconds since the epoch, or {@link #NO_EXPIRY}. */
  long expireAtMs = NO_EXPIRY;

  /** See {@link AccessClock}. */
  int access;

  Entry(byte[] key, int hash, Value value) {
    super(key, hash);
    this.value = value;
  }

  boolean expires() {
    return expireAtMs != NO_EXPIRY;
  }

  boolean isExpired(long nowMs) {
    return expireAtMs != NO_EXPIRY && nowMs > expireAtMs;
  }

  long heapBytes() {
    return OBJECT_BYTES + HeapSize.bytes(key) + value.heapBytes();
  }
}
