package dev.kibi.local.process;

import java.time.Duration;

/**
 * How long to wait before a restart: not at all the first time, then 1 s, 2 s, 4 s … up to 30 s; a
 * run that lasted a minute starts the series anew.
 */
public final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration HEALTHY_RUN = Duration.ofMinutes(1);

  private Duration next = Duration.ZERO;

  /** The delay after a run of length {@code uptime}. */
  public Duration after(Duration uptime) {
    if (uptime.compareTo(HEALTHY_RUN) >= 0) {
      next = Duration.ZERO;
    }
    Duration delay = next;
    next = delay.isZero() ? FIRST : delay.multipliedBy(2);
    if (next.compareTo(LONGEST) > 0) {
      next = LONGEST;
    }
    return delay;
  }
}
