package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.crds.CacheCluster;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A cluster at rest: all shards have their master and all their copies in sync, own equal shares of
 * the slots, nothing moves, no pod is missing or left over, and the resource says Ready.
 */
public record Settled(int shards, int replicas) {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration REST = Duration.ofMillis(400);

  public void awaitOn(LocalCluster cluster) {
    await().untilAsserted(() -> check(cluster));
  }

  /**
   * Waits until the cluster has been at rest for a while, so that no change is under way any more
   * that was called for before, and returns its topology.
   */
  public Topology awaitRestOn(LocalCluster cluster) {
    AtomicReference<@Nullable Topology> last = new AtomicReference<>();
    await().during(REST).untilAsserted(() -> last.set(check(cluster)));
    return Objects.requireNonNull(last.get());
  }

  /** An API server that was away is asked again. */
  private static ConditionFactory await() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class);
  }

  private Topology check(LocalCluster cluster) {
    Topology topology = cluster.topology();
    check(topology);
    check(cluster.pods());
    check(cluster.resource());
    return topology;
  }

  private void check(Topology topology) {
    assertThat(topology.shards()).hasSize(shards).allSatisfy(this::check);
    assertThat(topology.moves()).isEmpty();
    IntSummaryStatistics slots =
        topology.shards().stream()
            .mapToInt(shard -> topology.slots().slotsOf(shard.id()).size())
            .summaryStatistics();
    assertThat(topology.slots().isComplete()).isTrue();
    assertThat(slots.getMax() - slots.getMin()).as("difference of slots").isLessThanOrEqualTo(1);
  }

  private void check(Shard shard) {
    assertThat(shard.master()).isNotNull();
    assertThat(shard.inSync()).hasSize(1 + replicas);
    assertThat(shard.learners()).isEmpty();
  }

  private void check(List<Pod> pods) {
    assertThat(pods).hasSize(shards * (1 + replicas)).allMatch(Readiness::isPodReady, "is ready");
  }

  private void check(CacheCluster cluster) {
    assertThat(cluster.getStatus().getObservedGeneration())
        .isEqualTo(cluster.getMetadata().getGeneration());
    assertThat(cluster.getStatus().getShards()).isEqualTo(shards);
    assertThat(cluster.getStatus().getConditions())
        .anySatisfy(condition -> {
          assertThat(condition.getType()).isEqualTo("Ready");
          assertThat(condition.getStatus()).as(condition.getMessage()).isEqualTo("True");
        });
  }
}
