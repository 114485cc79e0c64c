package dev.kibi.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashDataTest {

  private static Map<String, String> fields(HashData hash) {
    Map<String, String> fields = new LinkedHashMap<>();
    hash.forEach((name, value) -> fields.put(TestKeyspace.text(name), TestKeyspace.text(value)));
    return fields;
  }

  private static void agreesWithAMap(HashData hash, boolean inOrder) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, String> model = new LinkedHashMap<>();
    for (int step = 0; step < 5000; step++) {
      String name = "x".repeat(random.nextInt(5)) + random.nextInt(30);
      byte[] bytes = TestKeyspace.bytes(name);
      if (random.nextInt(3) == 0) {
        assertThat(hash.remove(bytes, 0, bytes.length)).isEqualTo(model.remove(name) != null);
      } else {
        String value = "v".repeat(random.nextInt(65));
        boolean isNew =
            hash.put(bytes, 0, bytes.length, TestKeyspace.bytes(value), 0, value.length());
        assertThat(isNew).isEqualTo(model.put(name, value) == null);
      }
      ByteView found = hash.get(bytes, 0, bytes.length);
      assertThat(found == null ? null : TestKeyspace.text(found)).isEqualTo(model.get(name));
      assertThat(hash.size()).isEqualTo(model.size());
      assertThat(fields(hash)).isEqualTo(model);
      if (inOrder) {
        assertThat(fields(hash).keySet()).containsExactlyElementsOf(model.keySet());
      }
    }
    assertThat(fields(hash.copy())).isEqualTo(model);
    assertThat(hash.copy().size()).isEqualTo(model.size());
  }

  @Test
  void aPackedHashAgreesWithAMapAndKeepsTheOrderOfInsertion() {
    agreesWithAMap(new PackedHash(), true);
  }

  @Test
  void aTableAgreesWithAMap() {
    agreesWithAMap(new TableHash(5), false);
  }

  @Test
  void aTableAccountsForItsFields() {
    TableHash hash = new TableHash(5);
    long empty = hash.heapBytes();
    hash.put(new byte[10], 0, 10, new byte[100], 0, 100);
    assertThat(hash.heapBytes()).isGreaterThan(empty + 110);
    hash.put(new byte[10], 0, 10, new byte[1], 0, 1);
    hash.remove(new byte[10], 0, 10);
    assertThat(hash.heapBytes()).isEqualTo(empty);
  }
}
