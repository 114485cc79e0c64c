package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotDumpTest {

  private static final String TAG = "{dump}";

  private final EffectApplier applier = new EffectApplier();

  private TestKeyspace filled(int seed) {
    TestKeyspace master = new TestKeyspace(seed);
    RandomCommands commands = new RandomCommands(master, seed, TAG, 40);
    for (int step = 0; step < 300; step++) {
      commands.step();
    }
    for (int i = 0; i < 2000; i++) {
      master.hset(TAG + "large", "field" + i, "value" + i);
    }
    master.keys.expireAt(master.key(TAG + "large"), Long.MAX_VALUE);
    master.commit();
    master.log.clear();
    return master;
  }

  private void applyLog(TestKeyspace master, SlotStore copy) {
    byte[] log = master.log.toBytes();
    assertThat(applier.apply(log, 0, log.length, copy)).isEqualTo(log.length);
    master.log.clear();
  }

  private EffectSink into(SlotStore copy) {
    return (slot, buffer, offset, length) ->
        assertThat(applier.apply(buffer, offset, offset + length, copy)).isEqualTo(length);
  }

  @Test
  void recreatesASlotOverWhateverWasThere() {
    TestKeyspace master = filled(1);
    int slot = TestKeyspace.slotOf(TAG);
    SlotStore copy = new SlotStore(99);
    TestKeyspace stale = filled(2);
    stale.store.dump(slot).next(into(copy), Integer.MAX_VALUE);
    assertThat(copy.keys(slot)).isPositive();

    assertThat(master.store.dump(slot).next(into(copy), Integer.MAX_VALUE)).isFalse();

    assertThat(TestKeyspace.contents(copy)).isEqualTo(TestKeyspace.contents(master.store));
  }

  @Test
  void clearsTheCopyOfAnEmptySlot() {
    SlotStore copy = new SlotStore(99);
    TestKeyspace stale = filled(2);
    int slot = TestKeyspace.slotOf(TAG);
    stale.store.dump(slot).next(into(copy), Integer.MAX_VALUE);
    while (new SlotStore(1).dump(slot).next(into(copy), 100)) {
      // One step is enough, but the contract does not say so.
    }
    assertThat(copy.keys()).isZero();
  }

  @Test
  void keepsToItsBudget() {
    TestKeyspace master = filled(3);
    SlotDump dump = master.store.dump(TestKeyspace.slotOf(TAG));
    int steps = 0;
    boolean more = true;
    while (more) {
      long[] emitted = {0};
      more = dump.next((slot, buffer, offset, length) -> emitted[0] += length, 2000);
      assertThat(emitted[0]).isLessThan(100_000);
      steps++;
    }
    assertThat(steps).isGreaterThan(20);
  }

  @Test
  void givesAnIdenticalSlotWhenWritesAndDumpAreAppliedAsTheyCome() {
    for (int seed = 0; seed < 30; seed++) {
      TestKeyspace master = filled(seed);
      SlotStore copy = new SlotStore(99);
      SlotDump dump = master.store.dump(TestKeyspace.slotOf(TAG));
      RandomCommands writes = new RandomCommands(master, seed + 1000, TAG, 40);
      SplittableRandom random = new SplittableRandom(seed);
      boolean more = true;
      while (more) {
        more = dump.next(into(copy), 1 + random.nextInt(5000));
        for (int i = random.nextInt(10); i > 0; i--) {
          writes.step();
          touchLarge(master, random);
        }
        applyLog(master, copy);
      }
      assertThat(TestKeyspace.contents(copy))
          .as("seed %d", seed)
          .isEqualTo(TestKeyspace.contents(master.store));
    }
  }

  @Test
  void givesAnIdenticalSlotWhenTheLogOfTheTimeIsAppliedAfterTheDump() {
    for (int seed = 0; seed < 30; seed++) {
      TestKeyspace master = filled(seed);
      SlotStore copy = new SlotStore(99);
      SlotDump dump = master.store.dump(TestKeyspace.slotOf(TAG));
      RandomCommands writes = new RandomCommands(master, seed + 1000, TAG, 40);
      SplittableRandom random = new SplittableRandom(seed);
      while (dump.next(into(copy), 1 + random.nextInt(5000))) {
        for (int i = random.nextInt(10); i > 0; i--) {
          writes.step();
          touchLarge(master, random);
        }
      }
      applyLog(master, copy);
      assertThat(TestKeyspace.contents(copy))
          .as("seed %d", seed)
          .isEqualTo(TestKeyspace.contents(master.store));
    }
  }

  /**
   * As a follower does that holds the log back until it is committed, while the dump goes straight
   * into the store.
   */
  @Test
  void givesAnIdenticalSlotWhenTheLogLagsBehindTheDump() {
    for (int seed = 0; seed < 30; seed++) {
      TestKeyspace master = filled(seed);
      SlotStore copy = new SlotStore(99);
      SlotDump dump = master.store.dump(TestKeyspace.slotOf(TAG));
      RandomCommands writes = new RandomCommands(master, seed + 1000, TAG, 40);
      SplittableRandom random = new SplittableRandom(seed);
      int applied = 0;
      while (dump.next(into(copy), 1 + random.nextInt(5000))) {
        for (int i = random.nextInt(10); i > 0; i--) {
          writes.step();
          touchLarge(master, random);
        }
        byte[] log = master.log.toBytes();
        int committed = applied + random.nextInt(log.length - applied + 1);
        applied += applier.apply(log, applied, committed, copy);
      }
      byte[] log = master.log.toBytes();
      applier.apply(log, applied, log.length, copy);
      assertThat(TestKeyspace.contents(copy))
          .as("seed %d", seed)
          .isEqualTo(TestKeyspace.contents(master.store));
    }
  }

  /**
   * Changes the hash that takes many steps; now and then it goes, and comes back as something else.
   */
  private static void touchLarge(TestKeyspace master, SplittableRandom random) {
    String key = TAG + "large";
    switch (random.nextInt(40)) {
      case 0 -> master.delete(key);
      case 1 -> master.set(key, "a string");
      case 2 -> {
        master.delete(key);
        for (int i = 0; i < 1000; i++) {
          master.hset(key, "new" + i, "v");
        }
      }
      case 3 -> master.keys.expireAt(master.key(key), master.now + 100_000);
      default -> {
        if (master.keys.kind(master.key(key)) == ValueKind.HASH) {
          master.hset(key, "field" + random.nextInt(3000), "changed");
          master.hdel(key, "field" + random.nextInt(3000));
        }
      }
    }
    master.commit();
  }
}
