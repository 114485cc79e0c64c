package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeTableTest {

  private static final class Element extends Node {
    Element(byte[] key, int hash) {
      super(key, hash);
    }
  }

  private final NodeTable<Element> table = new NodeTable<>();

  private Element add(int key, int hash) {
    Element element = new Element(new byte[] {(byte) key, (byte) (key >> 8)}, hash);
    table.add(element);
    return element;
  }

  @Test
  void agreesWithAMapWhileItGrowsAndShrinks() {
    SplittableRandom random = new SplittableRandom(1);
    Map<Integer, Element> model = new TreeMap<>();
    for (int step = 0; step < 20_000; step++) {
      // Three waves up and down; few different hashes, so that chains are long.
      boolean growing = step / 3_000 % 2 == 0;
      int key = random.nextInt(1 << 12);
      int hash = key * 7919 % 977 * 17_000;
      byte[] bytes = {(byte) key, (byte) (key >> 8)};
      Element known = model.get(key);
      assertThat(table.find(bytes, 0, 2, hash)).isSameAs(known);
      if (known == null && growing) {
        model.put(key, add(key, hash));
      } else if (known != null && (!growing || random.nextInt(4) == 0)) {
        table.remove(known);
        model.remove(key);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
  }

  @Test
  void isWalkedInTheOrderOfHashes() {
    SplittableRandom random = new SplittableRandom(2);
    for (int key = 0; key < 1000; key++) {
      add(key, random.nextInt(SeededHash.END));
    }
    List<Integer> hashes = new ArrayList<>();
    assertThat(table.walk(0, Integer.MAX_VALUE, element -> hashes.add(element.hash)))
        .isEqualTo(SeededHash.END);
    assertThat(hashes).hasSize(1000).isSorted();
  }

  @Test
  void showsElementsOfEqualHashTogetherAlthoughThatIsMoreThanTheLimit() {
    for (int key = 0; key < 5; key++) {
      add(key, 77);
    }
    add(5, 78);
    List<Integer> hashes = new ArrayList<>();
    assertThat(table.walk(0, 2, element -> hashes.add(element.hash))).isEqualTo(78);
    assertThat(hashes).containsExactly(77, 77, 77, 77, 77);
  }

  @Test
  void holdsTheLowestAndTheHighestHash() {
    Element lowest = add(1, 0);
    Element highest = add(2, SeededHash.END - 1);
    assertThat(table.find(lowest.key, 0, 2, 0)).isSameAs(lowest);
    assertThat(table.find(highest.key, 0, 2, SeededHash.END - 1)).isSameAs(highest);
  }

  @Test
  void takesNoMemoryWhenItIsEmptyAgain() {
    List<Element> added = new ArrayList<>();
    for (int key = 0; key < 100; key++) {
      added.add(add(key, key * 1000));
    }
    assertThat(table.heapBytes()).isPositive();
    added.forEach(table::remove);
    assertThat(table.heapBytes()).isZero();
    assertThat(table.random(new SplittableRandom(3))).isNull();
  }

  @Test
  void drawsEveryElementByChance() {
    for (int key = 0; key < 20; key++) {
      add(key, key * 700_000);
    }
    SplittableRandom random = new SplittableRandom(4);
    Map<Integer, Integer> drawn = new TreeMap<>();
    for (int i = 0; i < 4000; i++) {
      drawn.merge(table.random(random).hash, 1, Integer::sum);
    }
    assertThat(drawn).hasSize(20);
    assertThat(drawn.values()).allMatch(times -> times > 50);
  }
}
