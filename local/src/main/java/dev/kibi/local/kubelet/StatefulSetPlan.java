package dev.kibi.local.kubelet;

import dev.kibi.local.controller.PodReadiness;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a StatefulSet needs next, from its spec and its pods; pure.
 *
 * <p>Goals: exactly one pod per ordinal below {@code replicas}. Constraints: a pod that is being
 * deleted holds its name until it is gone; {@code OrderedReady} creates one pod at a time and waits
 * for it; {@code OnDelete} is the only update strategy known, so a pod with an outdated template
 * stays until somebody deletes it.
 */
record StatefulSetPlan(List<Pod> create, List<Pod> delete, StatefulSetStatus status) {
  private static final String REVISION_LABEL = "controller-revision-hash";

  static StatefulSetPlan of(StatefulSet set, List<Pod> pods) {
    Map<String, Pod> byName =
        pods.stream().collect(Collectors.toMap(pod -> pod.getMetadata().getName(), pod -> pod));
    boolean ordered = !"Parallel".equals(set.getSpec().getPodManagementPolicy());
    int replicas = replicas(set.getSpec());
    List<Pod> create = new ArrayList<>();
    for (int ordinal = 0; ordinal < replicas; ordinal++) {
      Pod existing = byName.remove(set.getMetadata().getName() + "-" + ordinal);
      if (existing == null) {
        create.add(pod(set, ordinal));
      }
      if (ordered && (existing == null || !PodReadiness.isReady(existing))) {
        break;
      }
    }
    List<Pod> delete =
        byName.values().stream()
            .filter(pod -> ordinal(pod) >= replicas)
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            .toList();
    return new StatefulSetPlan(create, delete, status(set, pods));
  }

  private static int replicas(StatefulSetSpec spec) {
    return spec.getReplicas() == null ? 1 : spec.getReplicas();
  }

  private static int ordinal(Pod pod) {
    String name = pod.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  private static Pod pod(StatefulSet set, int ordinal) {
    String name = set.getMetadata().getName() + "-" + ordinal;
    var template = set.getSpec().getTemplate();
    Map<String, String> labels = new TreeMap<>(template.getMetadata().getLabels());
    labels.put("statefulset.kubernetes.io/pod-name", name);
    labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
    labels.put(REVISION_LABEL, revision(set));
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(set.getMetadata().getNamespace())
        .withName(name)
        .withLabels(labels)
        .withAnnotations(template.getMetadata().getAnnotations())
        .addNewOwnerReference()
        .withApiVersion(set.getApiVersion())
        .withKind(set.getKind())
        .withName(set.getMetadata().getName())
        .withUid(set.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpecLike(template.getSpec())
        .withHostname(name)
        .withSubdomain(set.getSpec().getServiceName())
        .withNodeName(Kubelet.NODE_NAME)
        .endSpec()
        .build();
  }

  /** Names the pod template: the same template has the same revision. */
  static String revision(StatefulSet set) {
    int hash = Serialization.asJson(set.getSpec().getTemplate()).hashCode();
    return set.getMetadata().getName() + "-" + Integer.toHexString(hash);
  }

  private static StatefulSetStatus status(StatefulSet set, List<Pod> pods) {
    String update = revision(set);
    int ready = (int) pods.stream().filter(PodReadiness::isReady).count();
    int updated = count(pods, update);
    StatefulSetStatus before = set.getStatus();
    String known = before == null ? null : before.getCurrentRevision();
    boolean allUpdated = updated == pods.size() && updated == replicas(set.getSpec());
    String current = known == null || allUpdated ? update : known;
    return new StatefulSetStatusBuilder()
        .withObservedGeneration(set.getMetadata().getGeneration())
        .withReplicas(pods.size())
        .withReadyReplicas(ready)
        .withAvailableReplicas(ready)
        .withUpdatedReplicas(updated)
        .withCurrentReplicas(count(pods, current))
        .withCurrentRevision(current)
        .withUpdateRevision(update)
        .build();
  }

  private static int count(List<Pod> pods, String revision) {
    return (int)
        pods.stream()
            .filter(pod -> revision.equals(pod.getMetadata().getLabels().get(REVISION_LABEL)))
            .count();
  }
}
