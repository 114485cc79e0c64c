package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyScanTest {

  private final TestKeyspace target = new TestKeyspace(11);

  /**
   * Scans everything with {@code between} run after each call, and tells how often each key was
   * shown.
   */
  private Map<String, Integer> scan(int count, Runnable between) {
    Map<String, Integer> shown = new HashMap<>();
    long cursor = 0;
    do {
      cursor =
          target.keys.scan(
              cursor, count, (name, kind) -> shown.merge(TestKeyspace.text(name), 1, Integer::sum));
      between.run();
    } while (cursor != 0);
    return shown;
  }

  @Test
  void showsEveryKeyThatStaysExactlyOnceWhileTheTablesGrowAndShrink() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      target.keys.clear();
      Set<String> staying = new HashSet<>();
      Set<String> passing = new HashSet<>();
      // One hash tag puts all of them into one slot, whose table then grows and shrinks a lot.
      for (int i = 0; i < 500; i++) {
        staying.add((i % 2 == 0 ? "{tag}stay" : "stay") + i);
      }
      staying.forEach(key -> target.set(key, "v"));
      boolean[] growing = {true};
      Map<String, Integer> shown =
          scan(
              1 + random.nextInt(20),
              () -> {
                if (growing[0]) {
                  for (int i = random.nextInt(200); i > 0; i--) {
                    String key =
                        (random.nextBoolean() ? "{tag}pass" : "pass") + random.nextInt(100_000);
                    target.set(key, "v");
                    passing.add(key);
                  }
                } else {
                  passing.forEach(target::delete);
                  passing.clear();
                }
                growing[0] = random.nextInt(5) != 0;
              });
      assertThat(shown).as("seed %d", seed).containsKeys(staying.toArray(String[]::new));
      assertThat(staying).as("seed %d", seed).allMatch(key -> shown.get(key) == 1);
    }
  }

  @Test
  void endsAtOnceOnAnEmptyStore() {
    assertThat(target.keys.scan(0, 10, (name, kind) -> {})).isZero();
  }

  @Test
  void endsOnACursorThatNoScanGave() {
    target.set("key", "v");
    assertThat(target.keys.scan(-1, 10, (name, kind) -> {})).isZero();
    assertThat(target.keys.scan(1L << 40, 10, (name, kind) -> {})).isZero();
  }

  @Test
  void hidesExpiredKeysAndSlotsThatAreNotVisible() {
    target.set("gone", "v", target.now - 1);
    target.set("there", "v");
    target.set("elsewhere", "v");
    target.store.show(SlotSet.parse(Integer.toString(TestKeyspace.slotOf("there"))));
    assertThat(scan(10, () -> {})).containsOnlyKeys("there");
    assertThat(target.keys.size()).isEqualTo(1);
    assertThat(target.keys.randomKey()).asString().isEqualTo("there");
  }

  @Test
  void showsEveryFieldOfALargeHashThatStays() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1000; i++) {
      target.hset("hash", "stay" + i, "v");
    }
    Map<String, Integer> shown = new HashMap<>();
    long cursor = 0;
    do {
      HashValue hash = target.keys.hash(target.key("hash"));
      cursor =
          hash.scan(
              cursor, 7, (name, value) -> shown.merge(TestKeyspace.text(name), 1, Integer::sum));
      for (int i = random.nextInt(50); i > 0; i--) {
        target.hset("hash", "pass" + random.nextInt(5000), "v");
        target.hdel("hash", "pass" + random.nextInt(5000));
      }
    } while (cursor != 0);
    for (int i = 0; i < 1000; i++) {
      assertThat(shown).containsEntry("stay" + i, 1);
    }
  }
}
