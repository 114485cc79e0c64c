package dev.kibi.local.cli;

import dev.kibi.crds.CacheCluster;
import dev.kibi.local.controller.PodReadiness;
import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Waits until clusters are ready, and says how far they are. */
final class Startup {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final KubernetesClient client;
  private final List<Resource<CacheCluster>> clusters;

  Startup(KubernetesClient client, List<Resource<CacheCluster>> clusters) {
    this.client = client;
    this.clusters = clusters;
  }

  /** Fails with a sentence that says what is not ready when the time is up. */
  void awaitReady(Duration timeout, Progress progress) throws InterruptedException {
    Instant deadline = Instant.now().plus(timeout);
    while (true) {
      List<String> missing = new ArrayList<>();
      int ready = 0;
      int expected = 0;
      for (Resource<CacheCluster> resource : clusters) {
        CacheCluster cluster = resource.require();
        List<Pod> pods = pods(cluster);
        int size = cluster.getSpec().getShards() * (1 + cluster.getSpec().getReplicas());
        ready += (int) pods.stream().filter(PodReadiness::isReady).count();
        expected += size;
        if (!isReady(cluster)) {
          missing.add(explain(cluster, pods, size));
        }
      }
      progress.report(Math.min(ready, expected), expected, missing.isEmpty());
      if (missing.isEmpty()) {
        return;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new UserException(
            "not ready after %d s: %s".formatted(timeout.toSeconds(), String.join("; ", missing)));
      }
      Thread.sleep(INTERVAL);
    }
  }

  private List<Pod> pods(CacheCluster cluster) {
    return client
        .pods()
        .inNamespace(cluster.getMetadata().getNamespace())
        .withLabel("kibi.dev/cluster", cluster.getMetadata().getName())
        .list()
        .getItems();
  }

  private static Optional<Condition> readyCondition(CacheCluster cluster) {
    return cluster.getStatus() == null
        ? Optional.empty()
        : cluster.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals("Ready"))
            .findFirst();
  }

  private static boolean isReady(CacheCluster cluster) {
    return readyCondition(cluster).map(Condition::getStatus).filter("True"::equals).isPresent()
        && Objects.equals(
            cluster.getStatus().getObservedGeneration(), cluster.getMetadata().getGeneration());
  }

  private static String explain(CacheCluster cluster, List<Pod> pods, int expected) {
    String name = cluster.getMetadata().getName();
    Optional<Condition> condition = readyCondition(cluster);
    if (condition.isEmpty()) {
      return name + " has no status; look at: kibi logs operator";
    }
    List<String> notReady =
        pods.stream()
            .filter(pod -> !PodReadiness.isReady(pod))
            .map(pod -> pod.getMetadata().getName())
            .sorted()
            .toList();
    String why =
        "%s: %s (%s)".formatted(name, condition.get().getMessage(), condition.get().getReason());
    if (!notReady.isEmpty()) {
      return why
          + "; pods not ready: "
          + String.join(", ", notReady)
          + "; look at: kibi logs "
          + notReady.getFirst();
    }
    return pods.size() == expected ? why : why + "; %d of %d pods".formatted(pods.size(), expected);
  }
}
