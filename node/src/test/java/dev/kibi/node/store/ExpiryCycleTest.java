package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotSet;
import org.junit.jupiter.api.Test;

class ExpiryCycleTest {

  private final TestKeyspace target = new TestKeyspace(31);

  private void fill() {
    for (int i = 0; i < 2000; i++) {
      target.set("key" + i, "v", i % 2 == 0 ? target.now + 10 : Keyspace.NO_EXPIRY);
    }
    target.commit();
  }

  @Test
  void findsEveryExpiredKeyInSmallSteps() {
    fill();
    int deleted = 0;
    for (int step = 0; step < 100; step++) {
      deleted += target.keys.expireCycle(target.now + 11, 100);
    }
    assertThat(deleted).isEqualTo(1000);
    assertThat(target.store.keys()).isEqualTo(1000);
    assertThat(target.keys.stats().expired()).isEqualTo(1000);
  }

  @Test
  void deletesNoMoreThanItsBudgetAllowsToLookAt() {
    fill();
    // Keys of equal hash are looked at together, so a few more are possible.
    assertThat(target.keys.expireCycle(target.now + 11, 50)).isBetween(10, 55);
  }

  @Test
  void leavesKeysThatHaveTimeLeft() {
    fill();
    assertThat(target.keys.expireCycle(target.now + 10, 100_000)).isZero();
  }

  @Test
  void leavesSlotsThatAreNotOwned() {
    fill();
    target.store.show(SlotSet.EMPTY);
    assertThat(target.keys.expireCycle(target.now + 11, 100_000)).isZero();
  }

  @Test
  void logsWhatItDeletes() {
    fill();
    SlotStore copy = new SlotStore(5);
    target.keys.expireCycle(target.now + 11, 100_000);
    byte[] log = target.log.toBytes();
    new EffectApplier().apply(log, 0, log.length, copy);
    assertThat(copy.keys()).isEqualTo(1000);
  }
}
