package dev.kibi.node.rdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ListpackTest {

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void everyKindOfElementIsRestored() throws RdbFormatException {
    List<byte[]> elements = new ArrayList<>();
    for (int shift = 0; shift < 64; shift++) {
      for (long near = -2; near <= 2; near++) {
        elements.add(bytes(Long.toString((1L << shift) + near)));
        elements.add(bytes(Long.toString(near - (1L << shift))));
      }
    }
    for (int length : new int[] {0, 1, 63, 64, 127, 128, 4095, 4096, 16_380, 16_390, 2_100_000}) {
      elements.add(bytes("x".repeat(length)));
    }
    List<byte[]> restored = Listpack.elements(Listpack.of(elements));
    assertThat(restored).hasSameSizeAs(elements);
    for (int i = 0; i < elements.size(); i++) {
      assertThat(restored.get(i)).isEqualTo(elements.get(i));
    }
  }

  @Test
  void textThatIsNoCanonicalIntegerStaysText() {
    assertThat(Listpack.integer(bytes("12"))).isEqualTo(12L);
    for (String text :
        List.of("", "-", "+1", "01", "-0", " 1", "1 ", "9223372036854775808", "1e3")) {
      assertThat(Listpack.integer(bytes(text))).as(text).isNull();
    }
  }

  @Test
  void damageNeverReadsBeyondTheEnd() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] whole =
        Listpack.of(List.of(bytes("name"), bytes("1234567"), bytes("x".repeat(70)), bytes("-5")));
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Listpack.elements(damaged)).isNotNull();
      } catch (RdbFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
