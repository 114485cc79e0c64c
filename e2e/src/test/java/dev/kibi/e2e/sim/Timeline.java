package dev.kibi.e2e.sim;

import java.util.PriorityQueue;

/**
 * The simulation's one clock and one queue. Time is nanoseconds since the beginning; what is due at
 * the same moment happens in the order in which it was asked for.
 */
final class Timeline {

  static final long MS = 1_000_000;
  static final long SECOND = 1000 * MS;

  private static final long EVENTS_MAX = 2_000_000;

  private record Entry(long at, long order, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long now;
  private long asked;
  private long events;

  long now() {
    return now;
  }

  /** Does something at a time, or now when that is over. */
  void at(long time, Runnable task) {
    queue.add(new Entry(Math.max(time, now), asked++, task));
  }

  void after(long nanos, Runnable task) {
    at(now + nanos, task);
  }

  /** Lets everything happen that is due up to {@code end}. */
  void runTo(long end) {
    for (Entry next = queue.peek(); next != null && next.at <= end; next = queue.peek()) {
      queue.remove();
      now = next.at;
      if (++events > EVENTS_MAX) {
        throw new Violation("ComesToRest", events + " events in " + now / MS + " ms");
      }
      next.task.run();
    }
    now = end;
  }
}
