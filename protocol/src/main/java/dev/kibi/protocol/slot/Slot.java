package dev.kibi.protocol.slot;

/**
 * A slot of Kibi, 0 to 1023: the unit that is owned, moved and dumped.
 *
 * <p>Slot {@code s} is the block of hash slots {@code [16s, 16s + 15]}, so whole slots are whole
 * ranges for a Redis client.
 */
public final class Slot {

  /** The number of slots. */
  public static final int COUNT = 1024;

  /** How many hash slots one slot holds. */
  public static final int HASH_SLOTS = HashSlot.COUNT / COUNT;

  private Slot() {}

  /** The slot that holds a hash slot. */
  public static int ofHashSlot(int hashSlot) {
    return hashSlot / HASH_SLOTS;
  }

  /** The slot of the key in {@code key[offset, offset + length)}. */
  public static int ofKey(byte[] key, int offset, int length) {
    return ofHashSlot(HashSlot.of(key, offset, length));
  }

  /** The first hash slot of a slot. */
  public static int firstHashSlot(int slot) {
    return slot * HASH_SLOTS;
  }

  /** The last hash slot of a slot. */
  public static int lastHashSlot(int slot) {
    return slot * HASH_SLOTS + HASH_SLOTS - 1;
  }

  /** Returns {@code slot}, or throws when it is none. */
  static int require(int slot) {
    if (slot < 0 || slot >= COUNT) {
      throw new IllegalArgumentException("slot: " + slot + " (expected: 0.." + (COUNT - 1) + ")");
    }
    return slot;
  }
}
