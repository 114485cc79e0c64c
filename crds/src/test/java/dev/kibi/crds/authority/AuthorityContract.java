package dev.kibi.crds.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.Samples;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** What every authority does. */
abstract class AuthorityContract {

  private final Topology first = Samples.twoShards();
  private final Topology second = Samples.next(first);
  private final Topology third = Samples.next(second);

  /** An authority with nothing stored, the same at every call. */
  abstract Authority authority();

  /** Waits for what comes on another thread; long enough for a machine that does much else. */
  static ConditionFactory eventually() {
    return await().atMost(Duration.ofMinutes(1));
  }

  @Test
  void nothingIsStoredAtFirst() {
    assertThat(authority().get()).isEmpty();
  }

  @Test
  void theFirstVersionIsStoredWhereNothingIs() {
    StoredTopology stored = new StoredTopology(first, "op-1");
    assertThat(authority().compareAndSet(0, first, "op-1"))
        .isEqualTo(new CasOutcome.Applied(stored));
    assertThat(authority().get()).contains(stored);
  }

  @Test
  void theNextVersionReplacesTheExpectedOne() {
    authority().compareAndSet(0, first, "op-1");
    authority().compareAndSet(1, second, "op-2");
    assertThat(authority().get()).contains(new StoredTopology(second, "op-2"));
  }

  @Test
  void anotherVersionThanTheExpectedOneIsAConflictThatShowsIt() {
    authority().compareAndSet(0, first, "op-1");
    authority().compareAndSet(1, second, "op-2");
    CasOutcome conflict = new CasOutcome.Conflict(new StoredTopology(second, "op-2"));
    assertThat(authority().compareAndSet(1, second, "op-3")).isEqualTo(conflict);
    assertThat(authority().compareAndSet(0, first, "op-4")).isEqualTo(conflict);
  }

  @Test
  void theSameOperationSentAgainIsAppliedOnce() {
    authority().compareAndSet(0, first, "op-1");
    authority().compareAndSet(1, second, "op-2");
    assertThat(authority().compareAndSet(1, second, "op-2"))
        .isEqualTo(new CasOutcome.Applied(new StoredTopology(second, "op-2")));
    assertThat(authority().get()).map(StoredTopology::version).contains(2L);
  }

  @Test
  void theSameOperationSentAgainAfterAnotherWriterIsAConflict() {
    authority().compareAndSet(0, first, "op-1");
    authority().compareAndSet(1, second, "op-2");
    authority().compareAndSet(2, third, "op-3");
    assertThat(authority().compareAndSet(1, second, "op-2"))
        .isEqualTo(new CasOutcome.Conflict(new StoredTopology(third, "op-3")));
  }

  @Test
  void aVersionBelowTheExpectedOneIsAnAuthorityThatIsUnavailable() {
    assertThatThrownBy(() -> authority().compareAndSet(1, second, "op-2"))
        .isInstanceOf(AuthorityUnavailableException.class)
        .hasMessageContaining("version 0 is stored (expected: at least 1)");
    authority().compareAndSet(0, first, "op-1");
    assertThatThrownBy(() -> authority().compareAndSet(2, third, "op-3"))
        .isInstanceOf(AuthorityUnavailableException.class)
        .hasMessageContaining("version 1 is stored (expected: at least 2)");
  }

  @Test
  void whatBreaksARuleIsRefusedAndNotStored() {
    authority().compareAndSet(0, first, "op-1");
    Topology fallenEpoch =
        first.withShard(
            0, s -> new Shard(0, 2, s.master(), false, s.inSync(), s.electable(), s.learners()));
    assertThat(authority().compareAndSet(1, fallenEpoch, "op-2"))
        .isInstanceOfSatisfying(
            CasOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("shard 0: epoch 2"));
    assertThat(authority().get()).contains(new StoredTopology(first, "op-1"));
  }

  @Test
  void aFirstVersionOtherThanOneIsRefused() {
    assertThat(authority().compareAndSet(0, second, "op-1"))
        .isEqualTo(new CasOutcome.Refused("version: 2 (expected: 1)"));
  }

  @Test
  void aWatchHandsOverWhatIsStoredAndEachLaterVersionInOrder() {
    authority().compareAndSet(0, first, "op-1");
    List<Topology> seen = new CopyOnWriteArrayList<>();
    try (TopologyWatch watch = authority().watch(seen::add)) {
      assertThat(watch).isNotNull();
      eventually().until(() -> seen.contains(first));
      authority().compareAndSet(1, second, "op-2");
      authority().compareAndSet(2, third, "op-3");
      eventually().until(() -> seen.contains(third));
      assertThat(seen).containsExactly(first, second, third);
    }
  }

  @Test
  void aWatchThatBeginsBeforeTheTopologySeesIt() {
    List<Topology> seen = new CopyOnWriteArrayList<>();
    try (TopologyWatch watch = authority().watch(seen::add)) {
      assertThat(watch).isNotNull();
      authority().compareAndSet(0, first, "op-1");
      eventually().untilAsserted(() -> assertThat(seen).containsExactly(first));
    }
  }

  @Test
  void aClosedWatchHandsOverNothingMore() {
    authority().compareAndSet(0, first, "op-1");
    List<Topology> closed = new CopyOnWriteArrayList<>();
    List<Topology> open = new CopyOnWriteArrayList<>();
    TopologyWatch closing = authority().watch(closed::add);
    eventually().until(() -> closed.size() == 1);
    closing.close();
    try (TopologyWatch watch = authority().watch(open::add)) {
      assertThat(watch).isNotNull();
      authority().compareAndSet(1, second, "op-2");
      eventually().until(() -> open.contains(second));
    }
    assertThat(closed).containsExactly(first);
  }
}
