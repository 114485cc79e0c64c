package dev.kibi.local.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
  private static final Key KEY = new Key("g", "things", "ns", "a");

  private final ObjectStore store = new ObjectStore();

  @Test
  void stampsEveryWriteWithTheNextRevision() {
    ObjectNode first = put(1);
    ObjectNode second = put(2);
    assertThat(revision(second)).isEqualTo(revision(first) + 1).isEqualTo(store.revision());
  }

  @Test
  void aWriteThatChangesNothingIsNoWrite() {
    ObjectNode first = put(1);
    long before = store.revision();
    // The same value as a long: JSON does not know the difference.
    ObjectNode same = first.deepCopy().put("value", 1L);
    assertThat(store.write(KEY, current -> same)).contains(first);
    assertThat(store.revision()).isEqualTo(before);
  }

  @Test
  void changesAreReadInOrderFromAnyRevisionOn() throws Exception {
    long start = store.revision();
    put(1);
    put(2);
    store.write(KEY, current -> null);
    List<Change> changes = store.changesAfter(start, Duration.ZERO);
    assertThat(changes)
        .extracting(Change::revision)
        .containsExactly(start + 1, start + 2, start + 3);
    assertThat(changes).extracting(Change::deletion).containsExactly(false, false, true);
    assertThat(changes.get(2).after().path("value").asInt()).isEqualTo(2);
    assertThat(store.changesAfter(start + 2, Duration.ZERO)).hasSize(1);
    assertThat(store.changesAfter(start + 3, Duration.ZERO)).isEmpty();
  }

  @Test
  void aReaderIsWokenByTheNextWrite() throws Exception {
    long start = store.revision();
    CompletableFuture<List<Change>> reader =
        CompletableFuture.supplyAsync(() -> {
          try {
            return store.changesAfter(start, Duration.ofSeconds(20));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    put(1);
    assertThat(reader.get(10, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void aRevisionThatIsNoLongerKnownOrNotYetWrittenIsExpired() {
    for (int i = 0; i < 10_002; i++) {
      put(i);
    }
    assertThatThrownBy(() -> store.changesAfter(1, Duration.ZERO))
        .isInstanceOf(ObjectStore.ExpiredException.class);
    assertThatThrownBy(() -> store.changesAfter(store.revision() + 1, Duration.ZERO))
        .isInstanceOf(ObjectStore.ExpiredException.class);
  }

  @Test
  void aWriteThatFailsLeavesTheObjectAsItWas() {
    ObjectNode first = put(1);
    assertThatThrownBy(() ->
            store.write(
                KEY,
                current -> {
                  throw new IllegalStateException("refused");
                }))
        .hasMessage("refused");
    assertThat(store.get(KEY)).contains(first);
  }

  private ObjectNode put(int value) {
    return store
        .write(KEY, current -> JsonNodeFactory.instance.objectNode().put("value", value))
        .orElseThrow();
  }

  private static long revision(ObjectNode object) {
    return Long.parseLong(object.at("/metadata/resourceVersion").asText());
  }
}
