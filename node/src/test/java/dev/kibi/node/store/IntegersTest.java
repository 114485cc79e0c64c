package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegersTest {

  private static boolean isInteger(String text) {
    // Inside of other digits, so that reading beyond the ends shows.
    return Integers.isInteger(TestKeyspace.bytes("9" + text + "9"), 1, text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "10",
        "9223372036854775807",
        "-9223372036854775808",
        "1000000000000000000"
      })
  void recognizesWhatRedisKeepsAsAnInteger(String text) {
    assertThat(isInteger(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-0",
        "01",
        "+1",
        " 1",
        "1 ",
        "1a",
        "0x1",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "18446744073709551617"
      })
  void leavesTheRestAsText(String text) {
    assertThat(isInteger(text)).isFalse();
  }
}
