package dev.kibi.protocol.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotSetTest {

  @Test
  void aSlotIsABlockOfSixteenHashSlots() {
    assertThat(Slot.ofHashSlot(0)).isZero();
    assertThat(Slot.ofHashSlot(15)).isZero();
    assertThat(Slot.ofHashSlot(16)).isEqualTo(1);
    assertThat(Slot.ofHashSlot(16383)).isEqualTo(1023);
    assertThat(Slot.firstHashSlot(1023)).isEqualTo(16368);
    assertThat(Slot.lastHashSlot(1023)).isEqualTo(16383);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1023", "0-1023", "0-340,512", "1,3,5-7"})
  void aSetIsWrittenAsItIsRead(String text) {
    assertThat(SlotSet.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "a", "1,", ",1", "1-", "5-3", "1024", "-1", "1 - 2", "0-1024"})
  void whatIsNoSlotIsRefusedByName(String text) {
    assertThatThrownBy(() -> SlotSet.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void setsBehaveAsSetsOfNumbers() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      BitSet left = bits(random);
      BitSet right = bits(random);
      SlotSet a = SlotSet.of(left);
      SlotSet b = SlotSet.of(right);
      BitSet union = (BitSet) left.clone();
      union.or(right);
      BitSet minus = (BitSet) left.clone();
      minus.andNot(right);
      BitSet both = (BitSet) left.clone();
      both.and(right);
      assertThat(a.union(b)).isEqualTo(SlotSet.of(union));
      assertThat(a.minus(b)).isEqualTo(SlotSet.of(minus));
      assertThat(a.intersect(b)).isEqualTo(SlotSet.of(both));
      assertThat(a.size()).isEqualTo(left.cardinality());
      assertThat(SlotSet.parse(a.toString())).isEqualTo(a).hasSameHashCodeAs(a);
    }
  }

  @Test
  void aMapKnowsTheOwnerOfEverySlot() {
    SlotMap map = SlotMap.of(Map.of(0, SlotSet.parse("0-511"), 1, SlotSet.parse("512-1023")));
    assertThat(map.isComplete()).isTrue();
    assertThat(map.ownerOf(511)).isZero();
    SlotMap moved = map.with(SlotSet.parse("0-1"), 2);
    assertThat(moved.slotsOf(2)).hasToString("0-1");
    assertThat(moved.slotsOf(0)).hasToString("2-511");
    assertThat(map.slotsOf(2).isEmpty()).isTrue();
    assertThat(SlotMap.of(moved.byShard())).isEqualTo(moved).hasSameHashCodeAs(moved);
  }

  @Test
  void aSlotWithTwoOwnersIsRefused() {
    assertThatThrownBy(() -> SlotMap.of(Map.of(0, SlotSet.parse("0-5"), 1, SlotSet.parse("5"))))
        .hasMessageContaining("slot 5");
  }

  private static BitSet bits(Random random) {
    BitSet bits = new BitSet();
    int runs = random.nextInt(6);
    for (int i = 0; i < runs; i++) {
      int first = random.nextInt(Slot.COUNT);
      bits.set(first, Math.min(Slot.COUNT, first + 1 + random.nextInt(100)));
    }
    return bits;
  }
}
