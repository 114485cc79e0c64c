package dev.kibi.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionsTest {
  private enum Size {
    ONE,
    TWO
  }

  @Test
  void aValueIsWhatFollowsItsOption() {
    assertThat(Options.number(new String[] {"--n", "7"}, 0, 1, 9)).isEqualTo(7);
    assertThat(Options.oneOf(new String[] {"x", "--of", "two"}, 1, Size.values()))
        .isEqualTo(Size.TWO);
  }

  @Test
  void whatCannotBeUsedIsNamedWithItsOptionAndWhatWasExpected() {
    refused("--n: 0 (expected: a number from 1 to 9)", "0");
    refused("--n: 10 (expected: a number from 1 to 9)", "10");
    refused("--n: seven (expected: a number from 1 to 9)", "seven");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.number(new String[] {"--n"}, 0, Long.MIN_VALUE, Long.MAX_VALUE))
        .withMessage("--n: nothing (expected: a whole number)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.oneOf(new String[] {"--of", "three"}, 0, Size.values()))
        .withMessage("--of: three (expected: one, two)");
  }

  private static void refused(String message, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.number(new String[] {"--n", value}, 0, 1, 9))
        .withMessage(message);
  }
}
