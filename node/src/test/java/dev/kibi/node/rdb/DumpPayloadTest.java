package dev.kibi.node.rdb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpPayloadTest {

  private static final int FOOTER = 10;
  private static final byte COMPRESSED = (byte) 0xC3;
  private static final byte LENGTH_OF_64_BITS = (byte) 0x81;

  /** The last 32 bits of the first are 600 million, and of the second a negative number. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE | 600_000_000, -5})
  void aLengthThatIsNoneIsRefusedBeforeMemoryIsTakenForIt(long length) {
    byte[] packed = {0, COMPRESSED, 4, LENGTH_OF_64_BITS};
    byte[] unpacked = {0, COMPRESSED, LENGTH_OF_64_BITS};
    assertThatThrownBy(() -> DumpPayload.value(payload(packed, length)))
        .isInstanceOf(RdbFormatException.class)
        .hasMessageContaining("length: " + length);
    assertThatThrownBy(() -> DumpPayload.value(payload(unpacked, length)))
        .isInstanceOf(RdbFormatException.class)
        .hasMessageContaining("length: " + length);
  }

  private static byte[] payload(byte[] head, long length) {
    return ByteBuffer.allocate(head.length + Long.BYTES + 4 + FOOTER)
        .put(head)
        .putLong(length)
        .array();
  }
}
