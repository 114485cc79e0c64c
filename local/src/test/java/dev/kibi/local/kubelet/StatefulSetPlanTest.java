package dev.kibi.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatefulSetPlanTest {
  private final StatefulSet set = set("Parallel", 3);

  @Test
  void missingOrdinalsAreCreatedTogether() {
    StatefulSetPlan plan = StatefulSetPlan.of(set, List.of(pod(1)));
    assertThat(names(plan.create())).containsExactly("s-0", "s-2");
    assertThat(plan.delete()).isEmpty();
  }

  @Test
  void inOrderAPodIsCreatedWhenThoseBeforeItAreReady() {
    StatefulSet ordered = set("OrderedReady", 3);
    assertThat(names(StatefulSetPlan.of(ordered, List.of()).create())).containsExactly("s-0");
    assertThat(StatefulSetPlan.of(ordered, List.of(pod(0))).create()).isEmpty();
    assertThat(names(StatefulSetPlan.of(ordered, List.of(ready(pod(0)))).create()))
        .containsExactly("s-1");
  }

  @Test
  void ordinalsBeyondTheNumberOfReplicasAreDeletedOnce() {
    Pod terminating =
        new PodBuilder(pod(4)).editMetadata().withDeletionTimestamp("now").endMetadata().build();
    StatefulSetPlan plan =
        StatefulSetPlan.of(set, List.of(pod(0), pod(1), pod(2), pod(3), terminating));
    assertThat(names(plan.delete())).containsExactly("s-3");
  }

  @Test
  void aPodThatIsBeingDeletedHoldsItsName() {
    Pod terminating =
        new PodBuilder(pod(1)).editMetadata().withDeletionTimestamp("now").endMetadata().build();
    StatefulSetPlan plan = StatefulSetPlan.of(set, List.of(pod(0), terminating, pod(2)));
    assertThat(plan.create()).isEmpty();
    assertThat(plan.delete()).isEmpty();
  }

  @Test
  void theRevisionFollowsFromTheTemplateAlone() {
    StatefulSet scaled = new StatefulSetBuilder(set).editSpec().withReplicas(9).endSpec().build();
    StatefulSet changed =
        new StatefulSetBuilder(set)
            .editSpec()
            .editTemplate()
            .editMetadata()
            .addToLabels("new", "yes")
            .endMetadata()
            .endTemplate()
            .endSpec()
            .build();
    assertThat(StatefulSetPlan.revision(scaled)).isEqualTo(StatefulSetPlan.revision(set));
    assertThat(StatefulSetPlan.revision(changed)).isNotEqualTo(StatefulSetPlan.revision(set));
  }

  @Test
  void statusCountsReadyAndUpdatedPods() {
    Pod outdated = pod(1);
    outdated.getMetadata().setLabels(Map.of("controller-revision-hash", "s-old"));
    var status = StatefulSetPlan.of(set, List.of(ready(pod(0)), outdated, pod(2))).status();
    assertThat(status.getReplicas()).isEqualTo(3);
    assertThat(status.getReadyReplicas()).isEqualTo(1);
    assertThat(status.getUpdatedReplicas()).isEqualTo(2);
  }

  private Pod pod(int ordinal) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("s-" + ordinal)
        .addToLabels("controller-revision-hash", StatefulSetPlan.revision(set))
        .endMetadata()
        .build();
  }

  private static Pod ready(Pod pod) {
    return new PodBuilder(pod)
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  private static List<String> names(List<Pod> pods) {
    return pods.stream().map(HasMetadata::getMetadata).map(metadata -> metadata.getName()).toList();
  }

  private static StatefulSet set(String policy, int replicas) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName("s")
        .withUid("u")
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withPodManagementPolicy(policy)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("a", "b")
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
