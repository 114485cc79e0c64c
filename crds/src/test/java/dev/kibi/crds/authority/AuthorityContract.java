package dev.kibi.crds.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.Samples;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
  void aWatchHandsOverWhatIsStoredAndLaterVersionsInOrder() {
    authority().compareAndSet(0, first, "op-1");
    List<Topology> seen = new CopyOnWriteArrayList<>();
    try (TopologyWatch watch = authority().watch(seen::add)) {
      assertThat(watch).isNotNull();
      eventually().until(() -> !seen.isEmpty());
      assertThat(seen.getFirst()).isEqualTo(first);
      advanceUntil(() -> seen.size() >= 3);
    }
    assertThat(seen).extracting(Topology::version).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aWatchThatBeginsBeforeTheTopologySeesIt() {
    List<Topology> seen = new CopyOnWriteArrayList<>();
    try (TopologyWatch watch = authority().watch(seen::add)) {
      assertThat(watch).isNotNull();
      authority().compareAndSet(0, first, "op-1");
      advanceUntil(() -> !seen.isEmpty());
    }
  }

  @Test
  void aClosedWatchHandsOverNothingMore() {
    authority().compareAndSet(0, first, "op-1");
    List<Topology> closed = new CopyOnWriteArrayList<>();
    List<Topology> open = new CopyOnWriteArrayList<>();
    TopologyWatch closing = authority().watch(closed::add);
    eventually().until(() -> !closed.isEmpty());
    closing.close();
    try (TopologyWatch watch = authority().watch(open::add)) {
      assertThat(watch).isNotNull();
      advanceUntil(() -> open.size() >= 2);
    }
    assertThat(closed).containsExactly(first);
  }

  /**
   * Stores one version after the other until something has happened. One alone is not enough: a
   * mock server leaves out what changes between the list and the watch of an informer.
   */
  void advanceUntil(Callable<Boolean> happened) {
    eventually()
        .until(() -> {
          StoredTopology now = authority().get().orElseThrow();
          Topology next = Samples.next(now.topology());
          authority().compareAndSet(now.version(), next, "op-" + next.version());
          return happened.call();
        });
  }
}
