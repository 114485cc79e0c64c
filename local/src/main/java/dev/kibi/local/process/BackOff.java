package dev.kibi.local.process;

import java.time.Duration;

/**
 * How long to wait before a restart: not at all the first time, then 1 s, 2 s, 4 s … up to a
 * longest delay; a run that lasted a minute starts the series anew.
 */
public final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST_UNLESS_SAID = Duration.ofSeconds(30);
  private static final Duration HEALTHY_RUN = Duration.ofMinutes(1);

  private final Duration longest;
  private Duration next = Duration.ZERO;

  private BackOff(Duration longest) {
    this.longest = longest;
  }

  /**
   * One whose longest delay is {@code seconds}, 30 when that is blank. Throws {@link
   * IllegalArgumentException} for what is no number of seconds.
   */
  public static BackOff ofLongest(String seconds) {
    if (seconds.isBlank()) {
      return new BackOff(LONGEST_UNLESS_SAID);
    }
    try {
      return new BackOff(Duration.ofSeconds(Integer.parseUnsignedInt(seconds.strip())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "restart delay: " + seconds + " (expected: a number of seconds)", e);
    }
  }

  /** The delay after a run of length {@code uptime}. */
  public Duration after(Duration uptime) {
    if (uptime.compareTo(HEALTHY_RUN) >= 0) {
      next = Duration.ZERO;
    }
    Duration delay = next;
    next = delay.isZero() ? FIRST : delay.multipliedBy(2);
    if (next.compareTo(longest) > 0) {
      next = longest;
    }
    return delay;
  }
}
