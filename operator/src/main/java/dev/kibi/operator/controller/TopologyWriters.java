package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.authority.KubernetesAuthority;
import dev.kibi.operator.act.TopologyWriter;
import dev.kibi.operator.model.Labels;
import dev.kibi.operator.model.Names;
import dev.kibi.operator.model.Ownership;
import dev.kibi.operator.nodelink.ClusterKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** One writer per cluster, kept over reconciles because a request may be open between them. */
final class TopologyWriters {

  private record Known(String clusterUid, TopologyWriter writer) {}

  private final KubernetesClient client;
  private final Duration deadline;
  private final ConcurrentHashMap<ClusterKey, Known> writers = new ConcurrentHashMap<>();

  TopologyWriters(KubernetesClient client, Duration deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  TopologyWriter of(CacheCluster cluster) {
    String uid = cluster.getMetadata().getUid();
    return writers
        .compute(
            Keys.of(cluster),
            (_, known) ->
                known != null && known.clusterUid().equals(uid)
                    ? known
                    : new Known(
                        uid,
                        new TopologyWriter(
                            new KubernetesAuthority(client, identity(cluster), uid, deadline))))
        .writer();
  }

  void forget(ClusterKey key) {
    writers.remove(key);
  }

  private static ObjectMeta identity(CacheCluster cluster) {
    return new ObjectMetaBuilder()
        .withNamespace(cluster.getMetadata().getNamespace())
        .withName(Names.topology(cluster.getMetadata().getName()))
        .withLabels(Labels.ofCluster(cluster.getMetadata().getName()))
        .withOwnerReferences(Ownership.of(cluster))
        .build();
  }
}
