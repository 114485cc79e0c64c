package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AccessClockTest {

  private static final EvictionPolicy LFU = EvictionPolicy.ALLKEYS_LFU;
  private static final long MINUTE_MS = 60_000;

  private final SplittableRandom random = new SplittableRandom(1);

  private int useTimes(int times) {
    int clock = AccessClock.fresh(LFU, 0);
    for (int i = 0; i < times; i++) {
      clock = AccessClock.used(LFU, clock, 0, random);
    }
    return AccessClock.count(clock, 0);
  }

  @Test
  void aNewKeyCountsFive() {
    assertThat(AccessClock.count(AccessClock.fresh(LFU, 0), 0)).isEqualTo(5);
  }

  /**
   * The table in redis.conf for a factor of 10: 100 hits give 10, 1000 give 18, 100 000 give 142, 1
   * 000 000 give 255.
   */
  @Test
  void countsLogarithmically() {
    assertThat(useTimes(100)).isBetween(7, 14);
    assertThat(useTimes(1000)).isBetween(13, 24);
    assertThat(useTimes(100_000)).isBetween(125, 160);
    assertThat(useTimes(1_000_000)).isEqualTo(255);
  }

  @Test
  void losesOneAMinute() {
    int clock = AccessClock.withCount(10, 0);
    assertThat(AccessClock.count(clock, 3 * MINUTE_MS)).isEqualTo(7);
    assertThat(AccessClock.count(clock, 100 * MINUTE_MS)).isZero();
  }

  @Test
  void decaysAcrossTheEndOfItsSixteenBits() {
    long nearEnd = 65_535 * MINUTE_MS;
    assertThat(AccessClock.count(AccessClock.withCount(10, nearEnd), nearEnd + 2 * MINUTE_MS))
        .isEqualTo(8);
  }

  @Test
  void tellsIdleSecondsAcrossTheEndOfItsBits() {
    long nearEnd = ((1 << 24) - 1) * 1000L;
    assertThat(AccessClock.idleSeconds(AccessClock.lastUsed(nearEnd), nearEnd + 5000)).isEqualTo(5);
  }
}
