package dev.kibi.node.shard;

import java.time.Duration;

/**
 * The protocol's times in nanoseconds of a monotonic clock (protocol.md section 3).
 *
 * <p>lease &lt; shrink &lt; grace always holds, so that a master drops a lost replica before that
 * replica asks for an election. Safety does not rest on it.
 *
 * @param heartbeat how often a master speaks and a node reports
 * @param lease how long an answer lets a master serve, counted from when the answered message was
 *     sent
 * @param shrink how long a follower may be silent before the master takes it out of the in-sync set
 * @param grace how long a master may be silent before a replica suspects it
 */
public record Timers(long heartbeat, long lease, long shrink, long grace) {

  /**
   * The default times, all multiplied by {@code factor}: 1 on a real cluster, 3 on a small shared
   * machine.
   */
  public static Timers scaledBy(double factor) {
    return new Timers(ms(50, factor), ms(250, factor), ms(300, factor), ms(400, factor));
  }

  public Timers {
    if (!(heartbeat > 0 && heartbeat < lease && lease < shrink && shrink < grace)) {
      throw new IllegalArgumentException(
          "timers: "
              + heartbeat
              + ", "
              + lease
              + ", "
              + shrink
              + ", "
              + grace
              + " ns (expected: heartbeat < lease < shrink < grace)");
    }
  }

  private static long ms(long ms, double factor) {
    return Math.round(Duration.ofMillis(ms).toNanos() * factor);
  }
}
