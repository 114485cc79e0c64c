package dev.kibi.node.rdb;

/** What DUMP answers and RESTORE takes: a value, the RDB version, and a CRC-64 over both. */
public final class DumpPayload {

  /** The version of Redis 7.0. */
  private static final int VERSION = 10;

  private static final int FOOTER = 2 + Long.BYTES;

  private DumpPayload() {}

  public static byte[] of(RdbValue value) {
    RdbWriter writer = new RdbWriter();
    writer.value(value);
    writer.littleEndian(VERSION, 2);
    byte[] covered = writer.toBytes();
    writer.littleEndian(Crc64.of(covered, 0, covered.length), Long.BYTES);
    return writer.toBytes();
  }

  /** Whether the version is not newer than ours and the checksum is right. */
  public static boolean isIntact(byte[] payload) {
    if (payload.length < FOOTER) {
      return false;
    }
    int footer = payload.length - FOOTER;
    int version = (payload[footer] & 0xFF) | ((payload[footer + 1] & 0xFF) << 8);
    long crc = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      crc |= (payload[footer + 2 + i] & 0xFFL) << (8 * i);
    }
    return version <= VERSION && crc == Crc64.of(payload, 0, footer + 2);
  }

  /** The value of an {@link #isIntact intact} payload. */
  public static RdbValue value(byte[] payload) throws RdbFormatException {
    return new RdbReader(payload, payload.length - FOOTER).value();
  }
}
