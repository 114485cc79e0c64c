package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

/**
 * The StatefulSet of one shard. Selector, service name and pod management policy are immutable in
 * Kubernetes, so they follow from the names of cluster and shard only. Its pods are replaced by the
 * operator alone ({@code OnDelete}): Kubernetes knows nothing of masters and copies.
 */
final class ShardStatefulSet {

  private ShardStatefulSet() {}

  static StatefulSet of(DesiredCluster cluster, int shard, int pods) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(Names.shard(cluster.name(), shard))
        .withLabels(Labels.ofShard(cluster.name(), shard))
        .endMetadata()
        .withNewSpec()
        .withReplicas(pods)
        .withServiceName(Names.nodesService(cluster.name()))
        .withPodManagementPolicy("Parallel")
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withNewSelector()
        .withMatchLabels(Labels.selectShard(cluster.name(), shard))
        .endSelector()
        .withTemplate(ShardPodTemplate.of(cluster, shard))
        .endSpec()
        .build();
  }
}
