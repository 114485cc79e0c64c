package dev.kibi.operator.plan;

import java.util.concurrent.TimeUnit;

/**
 * How long the operator waits before it believes something (protocol.md section 3).
 *
 * @param graceNanos silence after which a node may be suspected
 * @param patienceNanos how long an unclean recovery waits for a copy that is not proven dead and
 *     was not heard yet
 */
public record Timers(long graceNanos, long patienceNanos) {
  private static final long GRACE_MS = 400;
  private static final long PATIENCE_MS = 4_000;

  /**
   * How long a node must have been silent before a person's word gives it up: longer than the 5 s
   * after which a lone master that sees nobody serves no more.
   */
  long surrenderNanos() {
    return 2 * patienceNanos;
  }

  /** The protocol's figures times the one factor that scales all timers. */
  public static Timers scaled(double factor) {
    return new Timers(scale(GRACE_MS, factor), scale(PATIENCE_MS, factor));
  }

  private static long scale(long ms, double factor) {
    return Math.round(TimeUnit.MILLISECONDS.toNanos(ms) * factor);
  }
}
