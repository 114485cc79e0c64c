package dev.kibi.operator.model;

import dev.kibi.crds.NodePodSpec;
import dev.kibi.crds.SchedulingSpec;
import dev.kibi.crds.ScratchSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The template of the pods of one shard. Every change of it restarts every pod, so it follows from
 * the spec only, and never from the operator's version: an operator upgrade restarts nothing. What
 * the spec leaves open is not in it at all, so that a further part of the spec changes no template.
 */
final class ShardPodTemplate {

  /** r--r--r-- */
  private static final int READABLE = 0444;

  private static final long TERMINATION_GRACE_SECONDS = 30;

  private ShardPodTemplate() {}

  static PodTemplateSpec of(DesiredCluster cluster, int shard) {
    NodePodSpec added = cluster.podTemplate();
    Map<String, String> labels = new TreeMap<>(added.getLabels());
    labels.putAll(Labels.ofShard(cluster.name(), shard));
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(added.getAnnotations().isEmpty() ? null : added.getAnnotations())
        .endMetadata()
        .withSpec(pod(cluster, shard).build())
        .build();
  }

  private static PodSpecBuilder pod(DesiredCluster cluster, int shard) {
    SchedulingSpec scheduling = cluster.scheduling();
    Map<String, String> copies = Labels.selectShard(cluster.name(), shard);
    return new PodSpecBuilder()
        .withServiceAccountName(Names.nodeAccount(cluster.name()))
        .withTerminationGracePeriodSeconds(TERMINATION_GRACE_SECONDS)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withImagePullSecrets(cluster.imagePullSecrets())
        .withNodeSelector(
            scheduling.getNodeSelector().isEmpty() ? null : scheduling.getNodeSelector())
        .withTolerations(scheduling.getTolerations())
        .withPriorityClassName(scheduling.getPriorityClassName())
        .withTopologySpreadConstraints(Spread.constraints(scheduling.getSpread(), copies))
        .withAffinity(Spread.affinity(scheduling, copies))
        .withContainers(NodeContainer.of(cluster, shard))
        .withVolumes(volumes(cluster));
  }

  private static List<Volume> volumes(DesiredCluster cluster) {
    Volume scratch = scratch(cluster.podTemplate().getScratch());
    return cluster.peerTls() ? List.of(scratch, peerCertificates(cluster)) : List.of(scratch);
  }

  /**
   * The kubelet keeps the files up to date: nothing of what is in them is in the template, so a new
   * certificate restarts no pod. Everybody in the pod may read them, whatever user it runs as.
   */
  private static Volume peerCertificates(DesiredCluster cluster) {
    return new VolumeBuilder()
        .withName(NodeContainer.PEER_TLS_VOLUME)
        .withNewSecret()
        .withSecretName(Names.peerNodeSecret(cluster.name()))
        .withDefaultMode(READABLE)
        .endSecret()
        .build();
  }

  private static Volume scratch(@Nullable ScratchSpec claim) {
    VolumeBuilder volume = new VolumeBuilder().withName(NodeContainer.SCRATCH_VOLUME);
    if (claim == null) {
      return volume.withNewEmptyDir().endEmptyDir().build();
    }
    return volume
        .withNewEphemeral()
        .withNewVolumeClaimTemplate()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(claim.getStorageClassName())
        .withVolumeMode("Filesystem")
        .withNewResources()
        .addToRequests("storage", new Quantity(CanonicalQuantity.of(claim.getSize())))
        .endResources()
        .endSpec()
        .endVolumeClaimTemplate()
        .endEphemeral()
        .build();
  }
}
