package dev.kibi.operator.act;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.NodeLinks;
import dev.kibi.operator.plan.Disruption;
import dev.kibi.protocol.wire.Frame;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does to a pod what was planned, and says so (log, Event, metric): once for each, although an
 * order to a node is sent again for as long as it is wanted.
 */
public final class DisruptionTaker {
  private static final Logger log = LoggerFactory.getLogger(DisruptionTaker.class);

  private final KubernetesClient client;
  private final NodeLinks links;
  private final EventRecorder events;
  private final MeterRegistry metrics;
  private final ConcurrentHashMap<ClusterKey, Disruption> announced = new ConcurrentHashMap<>();

  public DisruptionTaker(
      KubernetesClient client, NodeLinks links, EventRecorder events, MeterRegistry metrics) {
    this.client = client;
    this.links = links;
    this.events = events;
    this.metrics = metrics;
  }

  /**
   * Does it.
   *
   * @param pods as they were when it was planned; a pod that changed since is not deleted
   * @return what failed, in a sentence
   */
  public Optional<String> take(
      CacheCluster cluster, ClusterKey key, Collection<Pod> pods, Disruption disruption) {
    return switch (disruption) {
      case Disruption.DeletePod delete -> delete(cluster, key, pods, delete);
      case Disruption.Switchover order -> {
        links.order(
            key,
            order.from().podUid(),
            new Frame.Switchover(order.shard(), order.epoch(), order.to()));
        announce(cluster, key, order);
        yield Optional.empty();
      }
    };
  }

  public void forget(ClusterKey key) {
    announced.remove(key);
  }

  private Optional<String> delete(
      CacheCluster cluster, ClusterKey key, Collection<Pod> pods, Disruption.DeletePod disruption) {
    Optional<Pod> planned =
        pods.stream().filter(p -> p.getMetadata().getUid().equals(disruption.uid())).findFirst();
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    Pod pod = planned.get();
    try {
      client.resource(pod).lockResourceVersion(pod.getMetadata().getResourceVersion()).delete();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        log.debug("{}: {} has changed since it was looked at", key, disruption.pod());
        return Optional.empty(); // its change wakes the reconciler
      }
      return Optional.of(disruption.pod() + " was not deleted: " + e.getMessage());
    }
    announce(cluster, key, disruption);
    return Optional.empty();
  }

  private void announce(CacheCluster cluster, ClusterKey key, Disruption disruption) {
    if (disruption.equals(announced.put(key, disruption))) {
      return;
    }
    String reason = disruption.reason().camelCase();
    log.info("{}: {}: {}", key, reason, disruption.message());
    metrics
        .counter("kibi.operator.disruptions", "kind", disruption.kind(), "reason", reason)
        .increment();
    events.record(
        cluster,
        EventRecorder.Type.NORMAL,
        reason,
        disruption.reason().sentence() + " " + disruption.message());
  }
}
