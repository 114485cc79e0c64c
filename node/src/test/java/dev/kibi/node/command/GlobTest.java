package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the oracle can not be asked; GlobOracleTest asks the rest. */
class GlobTest {

  private static boolean matches(String pattern, String text) {
    return Glob.of(pattern.getBytes(US_ASCII)).matches(text.getBytes(US_ASCII));
  }

  @Test
  void manyStarsNeitherOverflowTheStackNorTakeLong() {
    assertThat(matches("a*".repeat(900), "a".repeat(900))).isTrue();
    assertThat(matches("a*".repeat(200_000), "a".repeat(200_000))).isFalse();
    assertThat(matches("a*".repeat(500) + "b", "a".repeat(100_000))).isFalse();
  }

  @Test
  void aPatternCanBeUsedAgainAfterAnyOutcome() {
    Glob glob = Glob.of("a*b*c".getBytes(US_ASCII));
    for (int i = 0; i < 5000; i++) {
      assertThat(glob.matches("aXbXc".getBytes(US_ASCII))).isTrue();
      assertThat(glob.matches("aXbX".getBytes(US_ASCII))).isFalse();
    }
  }
}
