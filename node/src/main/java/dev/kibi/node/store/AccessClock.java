package dev.kibi.node.store;

import java.util.random.RandomGenerator;

/**
 * The 24 bits an entry keeps about its use: under LRU the second of the last use; under LFU the
 * minute of the last decay (16 bits) and a logarithmic counter (8 bits).
 *
 * <p>Source: evict.c of Redis 7.0, with {@code lfu-log-factor 10} and {@code lfu-decay-time 1}.
 * Minutes and seconds wrap around.
 */
final class AccessClock {

  private static final int LRU_MASK = 0xFF_FFFF;
  private static final int MINUTE_MASK = 0xFFFF;
  private static final int COUNTER_BITS = 8;
  private static final int MOST = 255;
  private static final int NEW = 5;
  private static final int LOG_FACTOR = 10;

  private AccessClock() {}

  /** The clock of a new entry. */
  static int fresh(EvictionPolicy policy, long nowMs) {
    return policy.isByFrequency() ? withCount(NEW, nowMs) : lastUsed(nowMs);
  }

  /** The clock of an entry that is used now. */
  static int used(EvictionPolicy policy, int clock, long nowMs, RandomGenerator random) {
    if (!policy.isByFrequency()) {
      return lastUsed(nowMs);
    }
    int count = count(clock, nowMs);
    int above = Math.max(0, count - NEW);
    if (count < MOST && random.nextDouble() < 1.0 / (above * LOG_FACTOR + 1)) {
      count++;
    }
    return withCount(count, nowMs);
  }

  /** The LRU clock of an entry last used then. */
  static int lastUsed(long atMs) {
    return (int) (atMs / 1000) & LRU_MASK;
  }

  /** The LFU clock of an entry with this count. */
  static int withCount(int count, long nowMs) {
    return (((int) (nowMs / 60_000) & MINUTE_MASK) << COUNTER_BITS) | count;
  }

  /** Seconds since the last use. */
  static int idleSeconds(int clock, long nowMs) {
    return (lastUsed(nowMs) - clock) & LRU_MASK;
  }

  /** The counter, less one for every minute gone by. */
  static int count(int clock, long nowMs) {
    int minutes = ((int) (nowMs / 60_000) - (clock >>> COUNTER_BITS)) & MINUTE_MASK;
    return Math.max(0, (clock & MOST) - minutes);
  }
}
