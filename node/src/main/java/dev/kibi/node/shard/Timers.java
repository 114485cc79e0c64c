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
 * @param copy how long an attempt to move slots may take before they are served here again; a
 *     target that is lost ends it earlier, as its link breaks or its shard gets another epoch
 */
public record Timers(long heartbeat, long lease, long shrink, long grace, long copy) {

  private static final long COPY = Duration.ofMinutes(1).toNanos();

  /**
   * The default times, all but the last multiplied by {@code factor}: 1 on a real cluster, 3 on a
   * small shared machine.
   */
  public static Timers scaledBy(double factor) {
    return new Timers(ms(50, factor), ms(250, factor), ms(300, factor), ms(400, factor), COPY);
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

  /** The same with another time for an attempt to move slots. */
  public Timers withCopy(long nanos) {
    return new Timers(heartbeat, lease, shrink, grace, nanos);
  }

  /**
   * How long a replica lets the operator elect before it bids for itself: 250 ms and 50 ms per
   * rank, scaled like everything else.
   *
   * @param rank its place in the in-sync set without the master, then among the electable
   */
  public long electionDelay(int rank) {
    return lease + rank * heartbeat;
  }

  /** How long a lone in-sync master may see neither a peer nor the authority: 5 s, scaled. */
  public long isolation() {
    return 100 * heartbeat;
  }

  /** How often a lone in-sync master asks whether the authority is there: every 2 s, scaled. */
  public long authorityCheck() {
    return 40 * heartbeat;
  }

  private static long ms(long ms, double factor) {
    return Math.round(Duration.ofMillis(ms).toNanos() * factor);
  }
}
