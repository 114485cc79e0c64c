package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongDoubleTest {

  private static LongDouble parse(String text) {
    return LongDouble.parse(text.getBytes(ISO_8859_1));
  }

  /** Sums that a double would get wrong, and sums that 64 bits of precision get wrong too. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.2, 0.3",
    "3.0e3, 200, 3200",
    "1e17, 0.1, 100000000000000000.1015625",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
    "0x1p-3, 0xA.8, 10.625",
    "1, -1, 0",
    "-1e-20, 0, 0",
    "+.5, 5., 5.5"
  })
  void addsLikeAnExtendedDouble(String one, String other, String sum) {
    assertThat(parse(one).plus(parse(other))).hasToString(sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1e",
        "e1",
        ".",
        "-",
        "0x",
        "nan",
        "1\0",
        "1e4933",
        "1e-5000",
        "1e99999999999",
        "1,5"
      })
  void readsOnlyWhatIsANumberInRange(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void readsZeroHoweverItIsSpelled() {
    for (String text : new String[] {"0", "-0", "0e99999999999", "0.000", "0x0p5"}) {
      assertThat(parse(text)).as(text).hasToString("0");
    }
  }

  @Test
  void staysInfiniteOnceItIs() {
    assertThat(parse("inf").isFinite()).isFalse();
    assertThat(parse("-Infinity").plus(parse("1")).isFinite()).isFalse();
    assertThat(parse("1.1e4932").plus(parse("1.1e4932")).isFinite()).isFalse();
    assertThat(parse("1.1e4932").plus(parse("-1.1e4932"))).hasToString("0");
  }

  @Test
  void refusesTextThatIsLongerThanRedisReads() {
    assertThat(parse("1".repeat(4932))).isNotNull();
    assertThat(parse("0".repeat(5119))).isNotNull();
    assertThat(parse("0".repeat(5120))).isNull();
  }
}
