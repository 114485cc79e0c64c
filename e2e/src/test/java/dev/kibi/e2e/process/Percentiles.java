package dev.kibi.e2e.process;

import org.HdrHistogram.Histogram;

/** What is printed of times that were measured. */
final class Percentiles {

  private Percentiles() {}

  /** Of milliseconds: the median, the 99th percentile and the longest. */
  static String of(Histogram ms) {
    return "p50 %d ms, p99 %d ms, max %d ms"
        .formatted(ms.getValueAtPercentile(50), ms.getValueAtPercentile(99), ms.getMaxValue());
  }
}
