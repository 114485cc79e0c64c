package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvictionTest {

  private static final long LIMIT = 100_000;

  private final TestKeyspace target = new TestKeyspace(21);

  private void write(int number, long expireAtMs) {
    assertThat(target.keys.makeRoom()).isTrue();
    target.set("key" + number, "v".repeat(100), expireAtMs);
    target.at(target.now + 10_000);
  }

  @ParameterizedTest
  @EnumSource(value = EvictionPolicy.class, mode = EnumSource.Mode.EXCLUDE, names = "NOEVICTION")
  void staysWithinTheLimitUnderEveryPolicy(EvictionPolicy policy) {
    target.keys.limit(LIMIT, policy);
    for (int i = 0; i < 3000; i++) {
      write(i, Long.MAX_VALUE - i);
      // What one command writes may lie above the limit until the next command makes room.
      assertThat(target.keys.usedBytes()).isLessThan(LIMIT + 1000);
    }
    assertThat(target.keys.stats().evicted()).isGreaterThan(2000);
    assertThat(target.keys.size()).isGreaterThan(300);
  }

  @ParameterizedTest
  @EnumSource(
      value = EvictionPolicy.class,
      names = {"VOLATILE_LRU", "VOLATILE_LFU", "VOLATILE_RANDOM", "VOLATILE_TTL", "NOEVICTION"})
  void refusesWhenNoKeyMayGo(EvictionPolicy policy) {
    for (int i = 0; i < 1000; i++) {
      write(i, Keyspace.NO_EXPIRY);
    }
    target.keys.limit(LIMIT, policy);
    assertThat(target.keys.makeRoom()).isFalse();
    assertThat(target.keys.size()).isEqualTo(1000);
  }

  @Test
  void volatilePoliciesTakeOnlyKeysWithAnExpiry() {
    for (int i = 0; i < 400; i++) {
      write(i, i % 4 == 0 ? Long.MAX_VALUE : Keyspace.NO_EXPIRY);
    }
    target.keys.limit(1, EvictionPolicy.VOLATILE_LRU);
    assertThat(target.keys.makeRoom()).isFalse();
    assertThat(target.keys.size()).isEqualTo(300);
    assertThat(target.keys.expiring()).isZero();
  }

  @Test
  void lruKeepsWhatIsUsed() {
    int used = keptOfUsedAfterPressure(EvictionPolicy.ALLKEYS_LRU);
    assertThat(used).isGreaterThan(90);
  }

  @Test
  void lfuKeepsWhatIsUsedOften() {
    int used = keptOfUsedAfterPressure(EvictionPolicy.ALLKEYS_LFU);
    assertThat(used).isGreaterThan(90);
  }

  /**
   * How many of 100 keys that are read again and again survive while three times the limit is
   * written.
   */
  private int keptOfUsedAfterPressure(EvictionPolicy policy) {
    target.keys.limit(LIMIT, policy);
    for (int i = 0; i < 1500; i++) {
      write(i, Keyspace.NO_EXPIRY);
      for (int hot = 0; hot < 100; hot++) {
        target.get("key" + hot);
      }
    }
    int kept = 0;
    for (int hot = 0; hot < 100; hot++) {
      kept += target.keys.exists(target.key("key" + hot)) ? 1 : 0;
    }
    return kept;
  }

  @Test
  void ttlTakesTheSoonestFirst() {
    for (int i = 0; i < 500; i++) {
      write(i, target.now + 1_000_000_000L + i * 1_000_000L);
    }
    target.keys.limit(target.keys.usedBytes() / 2, EvictionPolicy.VOLATILE_TTL);
    assertThat(target.keys.makeRoom()).isTrue();
    int early = 0;
    int late = 0;
    for (int i = 0; i < 250; i++) {
      early += target.keys.exists(target.key("key" + i)) ? 1 : 0;
      late += target.keys.exists(target.key("key" + (i + 250))) ? 1 : 0;
    }
    assertThat(late).isGreaterThan(early);
  }

  @Test
  void takesNothingFromSlotsThatAreNotOwned() {
    for (int i = 0; i < 500; i++) {
      write(i, Keyspace.NO_EXPIRY);
    }
    target.store.show(SlotSet.EMPTY);
    target.keys.limit(1, EvictionPolicy.ALLKEYS_LRU);
    assertThat(target.keys.makeRoom()).isFalse();
    assertThat(target.store.keys()).isEqualTo(500);
  }

  @Test
  void whatIsEvictedIsInTheLog() {
    target.set("key", "value");
    target.commit();
    target.log.clear();
    target.keys.limit(1, EvictionPolicy.ALLKEYS_LRU);
    assertThat(target.keys.makeRoom()).isTrue();
    target.commit();
    assertThat(target.log.records).isEqualTo(1);
    assertThat(target.store.usedBytes()).isZero();
  }
}
