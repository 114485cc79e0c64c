package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

/**
 * The StatefulSet of one shard. Selector, service name and pod management policy are immutable in
 * Kubernetes, so they follow from the names of cluster and shard only. The pod template follows
 * from the spec only, never from the operator's version: an operator upgrade restarts no pod.
 */
final class ShardStatefulSet {
  private static final long TERMINATION_GRACE_SECONDS = 30;

  private ShardStatefulSet() {}

  static StatefulSet of(DesiredCluster cluster, int shard) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(Names.shard(cluster.name(), shard))
        .withLabels(Labels.ofShard(cluster.name(), shard))
        .endMetadata()
        .withNewSpec()
        .withReplicas(cluster.podsPerShard())
        .withServiceName(Names.nodesService(cluster.name()))
        .withPodManagementPolicy("Parallel")
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withNewSelector()
        .withMatchLabels(Labels.selectShard(cluster.name(), shard))
        .endSelector()
        .withTemplate(podTemplate(cluster, shard))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec podTemplate(DesiredCluster cluster, int shard) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.ofShard(cluster.name(), shard))
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(Names.nodeAccount(cluster.name()))
        .withTerminationGracePeriodSeconds(TERMINATION_GRACE_SECONDS)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withTopologySpreadConstraints(
            spread("kubernetes.io/hostname", cluster, shard),
            spread("topology.kubernetes.io/zone", cluster, shard))
        .withContainers(NodeContainer.of(cluster, shard))
        .addNewVolume()
        .withName(NodeContainer.SCRATCH_VOLUME)
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .build();
  }

  /**
   * Copies of one shard apart from each other; best effort, so that a small cluster still starts.
   */
  private static TopologySpreadConstraint spread(
      String topologyKey, DesiredCluster cluster, int shard) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(topologyKey)
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(Labels.selectShard(cluster.name(), shard))
        .endLabelSelector()
        .build();
  }
}
