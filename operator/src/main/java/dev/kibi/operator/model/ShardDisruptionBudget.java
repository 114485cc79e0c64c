package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/**
 * Lets a drain take one pod of a shard at a time, and the next one only when all others are ready,
 * that is in sync.
 */
final class ShardDisruptionBudget {
  private ShardDisruptionBudget() {}

  static PodDisruptionBudget of(DesiredCluster cluster, int shard) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(Names.shard(cluster.name(), shard))
        .withLabels(Labels.ofShard(cluster.name(), shard))
        .endMetadata()
        .withNewSpec()
        .withNewMaxUnavailable(1)
        .withNewSelector()
        .withMatchLabels(Labels.selectShard(cluster.name(), shard))
        .endSelector()
        .endSpec()
        .build();
  }
}
