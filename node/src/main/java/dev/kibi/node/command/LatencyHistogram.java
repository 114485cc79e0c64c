package dev.kibi.node.command;

/**
 * How long a command took, in nanoseconds, with a relative error of one eighth: eight steps for
 * each power of two from 1 µs to 17 s. Recording is a shift and an increment.
 */
public final class LatencyHistogram {
  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int LOWEST_BITS = 10;
  private static final int HIGHEST_BITS = 34;

  /** Above this the histogram does not tell times apart. */
  public static final long HIGHEST_MICROS = 1L << (HIGHEST_BITS - LOWEST_BITS + 1);

  private final long[] counts = new long[(HIGHEST_BITS - LOWEST_BITS) * STEPS];
  private long total;

  void record(long nanos) {
    counts[bucket(nanos)]++;
    total++;
  }

  public long total() {
    return total;
  }

  /**
   * The time, in microseconds, that {@code percent} of the commands did not exceed; 0 when there
   * were none.
   */
  public double percentileMicros(double percent) {
    long wanted = Math.max(1, (long) Math.ceil(total * percent / 100));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return upperNanos(i) / 1000.0;
      }
    }
    return 0;
  }

  /** How many commands took at most {@code micros}, a power of two. */
  public long countUpTo(long micros) {
    long nanos = micros * 1000;
    long seen = 0;
    for (int i = 0; i < counts.length && upperNanos(i) <= nanos; i++) {
      seen += counts[i];
    }
    return seen;
  }

  private static int bucket(long nanos) {
    if (nanos < 1L << LOWEST_BITS) {
      return 0;
    }
    int bits = 63 - Long.numberOfLeadingZeros(nanos);
    if (bits >= HIGHEST_BITS) {
      return (HIGHEST_BITS - LOWEST_BITS) * STEPS - 1;
    }
    int step = (int) (nanos >>> (bits - STEP_BITS)) & (STEPS - 1);
    return (bits - LOWEST_BITS) * STEPS + step;
  }

  private static long upperNanos(int bucket) {
    int bits = bucket / STEPS + LOWEST_BITS;
    long step = bucket % STEPS + 1L;
    return (1L << bits) + (step << (bits - STEP_BITS)) - 1;
  }
}
