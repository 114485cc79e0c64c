package dev.kibi.node.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTest {
  @Test
  void everyIntegerSurvivesWritingAndReading() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] buffer = new byte[24];
    for (int bits = 0; bits < 64; bits++) {
      for (long value :
          new long[] {1L << bits, (1L << bits) - 1, -(1L << bits), random.nextLong() >> bits}) {
        int end = Decimal.write(value, buffer, 2);
        assertThat(new String(buffer, 2, end - 2, US_ASCII)).isEqualTo(Long.toString(value));
        assertThat(Decimal.length(value)).isEqualTo(end - 2);
        assertThat(Decimal.isValid(buffer, 2, end - 2)).isTrue();
        assertThat(Decimal.parse(buffer, 2, end - 2)).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "-0",
        "-01",
        " 1",
        "1 ",
        "1.0",
        "0x1",
        "1e3",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "18446744073709551616",
        "a",
        "1-"
      })
  void whatRedisDoesNotTakeForAnIntegerIsNone(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    assertThat(Decimal.isValid(bytes, 0, bytes.length)).isFalse();
    assertThat(Decimal.parse(bytes, 0, bytes.length)).isEqualTo(Decimal.INVALID);
  }
}
