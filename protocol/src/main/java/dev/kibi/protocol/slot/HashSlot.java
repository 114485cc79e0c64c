package dev.kibi.protocol.slot;

/**
 * A Redis hash slot: CRC16/XMODEM of the key, modulo 16384.
 *
 * <p>Only the part between the first <code>{</code> and the next <code>}</code> is hashed when it
 * is not empty (the hash tag), so that a user can keep keys together. Source: Redis Cluster
 * Specification, "Key distribution model".
 */
public final class HashSlot {

  /** The number of hash slots clients know of. */
  public static final int COUNT = 16384;

  private static final int[] CRC16 = crc16Table();

  private HashSlot() {}

  /** The hash slot, 0 to 16383, of the key in {@code key[offset, offset + length)}. */
  public static int of(byte[] key, int offset, int length) {
    int end = offset + length;
    int open = indexOf(key, offset, end, '{');
    if (open >= 0) {
      int close = indexOf(key, open + 1, end, '}');
      if (close > open + 1) {
        return crc16(key, open + 1, close) & (COUNT - 1);
      }
    }
    return crc16(key, offset, end) & (COUNT - 1);
  }

  /** The hash slot of a whole array. */
  public static int of(byte[] key) {
    return of(key, 0, key.length);
  }

  private static int indexOf(byte[] bytes, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int crc16(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 & 0xFFFF) ^ CRC16[(crc >> 8 ^ bytes[i]) & 0xFF];
    }
    return crc;
  }

  private static int[] crc16Table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
      }
      table[i] = crc & 0xFFFF;
    }
    return table;
  }
}
