package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EffectsTest {

  private final EffectApplier applier = new EffectApplier();

  private static SlotStore copyStore() {
    // Another seed: a copy has its own order of keys.
    return new SlotStore(99);
  }

  @Test
  void aLogAppliedElsewhereGivesAnIdenticalStore() {
    for (int seed = 0; seed < 30; seed++) {
      TestKeyspace master = new TestKeyspace(seed);
      RandomCommands commands = new RandomCommands(master, seed, "key", 20);
      for (int step = 0; step < 500; step++) {
        commands.step();
      }
      SlotStore copy = copyStore();
      byte[] log = master.log.toBytes();
      assertThat(applier.apply(log, 0, log.length, copy)).isEqualTo(log.length);
      assertThat(TestKeyspace.contents(copy))
          .as("seed %d", seed)
          .isEqualTo(TestKeyspace.contents(master.store));
      assertThat(copy.keys()).isEqualTo(master.store.keys());
    }
  }

  @Test
  void aLogMayArriveInPiecesOfAnySize() {
    TestKeyspace master = new TestKeyspace(7);
    RandomCommands commands = new RandomCommands(master, 7, "key", 5);
    for (int step = 0; step < 100; step++) {
      commands.step();
    }
    byte[] log = master.log.toBytes();
    SplittableRandom random = new SplittableRandom(7);
    SlotStore copy = copyStore();
    int applied = 0;
    for (int received = 0; received < log.length; ) {
      received = Math.min(log.length, received + 1 + random.nextInt(200));
      applied += applier.apply(log, applied, received, copy);
    }
    assertThat(applied).isEqualTo(log.length);
    assertThat(TestKeyspace.contents(copy)).isEqualTo(TestKeyspace.contents(master.store));
  }

  @Test
  void aStretchOfLogMayBeAppliedAgainToTheStateAfterIt() {
    for (int seed = 0; seed < 200; seed++) {
      TestKeyspace master = new TestKeyspace(seed);
      RandomCommands commands = new RandomCommands(master, seed, "key", 3);
      for (int step = 0; step < 60; step++) {
        commands.step();
      }
      byte[] log = master.log.toBytes();
      SlotStore copy = copyStore();
      applier.apply(log, 0, log.length, copy);
      int from = recordAfter(log, new SplittableRandom(seed).nextInt(log.length));
      applier.apply(log, from, log.length, copy);
      assertThat(TestKeyspace.contents(copy))
          .as("seed %d, again from %d", seed, from)
          .isEqualTo(TestKeyspace.contents(master.store));
    }
  }

  private static int recordAfter(byte[] log, int position) {
    int at = 0;
    while (at < position) {
      at += EffectApplier.recordLength(log, at, log.length);
    }
    return at;
  }

  @Test
  void allThatACommandChangesInASlotIsOneRecord() {
    TestKeyspace master = new TestKeyspace(1);
    for (int i = 0; i < 100; i++) {
      master.hset("hash", "field" + i, "value");
    }
    master.keys.expireAt(master.key("hash"), 5_000_000);
    master.commit();
    assertThat(master.log.records).isEqualTo(1);
    assertThat(master.keys.lastLsn(TestKeyspace.slotOf("hash"))).isEqualTo(master.log.end());
    assertThat(master.keys.lastLsn(TestKeyspace.slotOf("other"))).isZero();
  }

  @Test
  void aRecordCutShortIsLeftForLater() {
    TestKeyspace master = new TestKeyspace(1);
    master.set("key", "value");
    master.commit();
    byte[] log = master.log.toBytes();
    for (int length = 0; length < log.length; length++) {
      SlotStore copy = copyStore();
      assertThat(applier.apply(Arrays.copyOf(log, length), 0, length, copy)).isZero();
      assertThat(copy.keys()).isZero();
    }
  }

  @Test
  void corruptBytesAreRefusedOrReadAsOtherEffectsButNeverBreakAnythingElse() {
    TestKeyspace master = new TestKeyspace(3);
    master.set("key", "value", 77);
    master.splice("key", 3, "abc");
    master.hset("hash", "field", "value");
    master.hdel("hash", "none");
    master.commit();
    byte[] log = master.log.toBytes();
    int refused = 0;
    for (int at = 0; at < log.length; at++) {
      for (int flip = 1; flip < 256; flip++) {
        byte[] corrupt = log.clone();
        corrupt[at] ^= (byte) flip;
        try {
          applier.apply(corrupt, 0, corrupt.length, copyStore());
        } catch (CorruptEffectException e) {
          refused++;
          assertThat(e.getMessage()).contains("expected: ");
        } catch (RuntimeException e) {
          fail("byte " + at + " xor " + flip, e);
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> applier.apply(new byte[] {0, 0, 0, 3, 4, 0, 1}, 0, 7, copyStore()))
        .isInstanceOf(CorruptEffectException.class)
        .hasMessage("effect at byte 2 of its record: slot: 1024 (expected: 0..1023)");
    assertThatThrownBy(() -> applier.apply(new byte[] {0x7F, 0, 0, 0}, 0, 4, copyStore()))
        .isInstanceOf(CorruptEffectException.class)
        .hasMessageStartingWith("effect record length: 2130706432 (expected: ");
    assertThatThrownBy(() -> applier.apply(new byte[] {0, 0, 0, 3, 0, 0, 4}, 0, 7, copyStore()))
        .hasMessage("effect at byte 3 of its record: code: 4 (expected: KEY or CLEAR_SLOT first)");
  }
}
