package dev.kibi.operator.nodelink;

import java.time.Duration;

/**
 * Timers of the control links.
 *
 * @param port the peer port, the same on every node
 * @param grace silence after which the reconciler is woken
 * @param connectTimeout how long a try to connect may take
 * @param backoffMin pause after the first failed try
 * @param backoffMax longest pause between tries; it bounds how late a restarted node is noticed
 */
public record LinkSettings(
    int port, Duration grace, Duration connectTimeout, Duration backoffMin, Duration backoffMax) {
  /** Silences after which the link is given up and dialled again. */
  private static final int GIVE_UP_GRACES = 5;

  /** The protocol's figures times the one factor that scales all timers. */
  public static LinkSettings scaled(int port, double factor) {
    return new LinkSettings(
        port, scale(400, factor), scale(400, factor), scale(20, factor), scale(400, factor));
  }

  Duration giveUp() {
    return grace.multipliedBy(GIVE_UP_GRACES);
  }

  private static Duration scale(long ms, double factor) {
    return Duration.ofMillis(Math.round(ms * factor));
  }
}
