package dev.kibi.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {
  @Test
  void percentilesAreRightToAnEighth() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int micros = 1; micros <= 10_000; micros++) {
      histogram.record(micros * 1_000L);
    }
    assertThat(histogram.total()).isEqualTo(10_000);
    assertThat(histogram.percentileMicros(50)).isCloseTo(5_000, Percentage.withPercentage(12.5));
    assertThat(histogram.percentileMicros(99)).isCloseTo(9_900, Percentage.withPercentage(12.5));
  }

  @Test
  void theShortestAndTheLongestTimesHaveAPlace() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(0);
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.countUpTo(2)).isEqualTo(1);
    assertThat(histogram.total()).isEqualTo(2);
    assertThat(histogram.percentileMicros(100)).isGreaterThan(1_000_000);
  }
}
