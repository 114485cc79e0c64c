package dev.kibi.local.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
  @ParameterizedTest
  @CsvSource({
    "-5, 0s",
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "185, 3m5s",
    "600, 10m",
    "10799, 179m",
    "10800, 3h",
    "11400, 3h10m",
    "36000, 10h",
    "172800, 2d",
    "180000, 2d2h",
    "864000, 10d",
    "63072000, 2y",
    "63158400, 2y1d",
    "315360000, 10y"
  })
  void isShownAsKubectlDoes(long seconds, String text) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(HumanDuration.between(start, start.plusSeconds(seconds))).isEqualTo(text);
  }
}
