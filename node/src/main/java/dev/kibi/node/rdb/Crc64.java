package dev.kibi.node.rdb;

/**
 * CRC-64 with the Jones polynomial, reflected, without any final exclusive-or: what Redis puts
 * behind its dumps.
 */
final class Crc64 {

  private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;
  private static final long[] TABLE = table();

  private Crc64() {}

  static long of(byte[] bytes, int from, int to) {
    long crc = 0;
    for (int i = from; i < to; i++) {
      crc = TABLE[(int) (crc ^ bytes[i]) & 0xFF] ^ (crc >>> 8);
    }
    return crc;
  }

  private static long[] table() {
    long[] table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
