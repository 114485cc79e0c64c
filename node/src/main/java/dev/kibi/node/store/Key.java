package dev.kibi.node.store;

import java.util.Arrays;

/**
 * A key as a command names it, with its slot and hash worked out once. Keyspaces lend these out and
 * use them again, so one is good only while its command runs.
 */
public final class Key {

  private static final byte[] NOTHING = new byte[0];

  byte[] buffer = NOTHING;
  int offset;
  int length;
  int slot;
  int hash;

  Key() {}

  /** The slot the key belongs to. */
  public int slot() {
    return slot;
  }

  /** Whether both name the same key. */
  public boolean sameAs(Key other) {
    return Arrays.equals(
        buffer, offset, offset + length, other.buffer, other.offset, other.offset + other.length);
  }

  Key show(byte[] bytes, int at, int count, int itsSlot, int itsHash) {
    buffer = bytes;
    offset = at;
    length = count;
    slot = itsSlot;
    hash = itsHash;
    return this;
  }

  Key show(Entry entry, int itsSlot) {
    return show(entry.key, 0, entry.key.length, itsSlot, entry.hash);
  }
}
