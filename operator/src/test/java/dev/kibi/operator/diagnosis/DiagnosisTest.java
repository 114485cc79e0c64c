package dev.kibi.operator.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statuses and Events as a Kubernetes 1.34 writes them. */
class DiagnosisTest {

  private static final String SCHEDULED =
      "conditions: [{type: PodScheduled, status: 'True'}], phase: Pending";

  @Test
  void an_image_that_cannot_be_pulled_is_named_with_the_words_of_the_kubelet() {
    assertThat(
            of(
                SCHEDULED
                    + ", containerStatuses: [{name: node, image: 'kibi/nope:9', ready: false,"
                    + " state: {waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image"
                    + " \"kibi/nope:9\": ErrImagePull: not found'}}}]"))
        .containsExactly(
            new Trouble(
                "ImageNotPulled",
                "shop-0-1: image kibi/nope:9 cannot be pulled: Back-off pulling image"
                    + " \"kibi/nope:9\": ErrImagePull: not found"));
  }

  @Test
  void a_pod_without_a_place_says_what_the_scheduler_says() {
    assertThat(
            of(
                "phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                    + " Unschedulable, message: '0/3 nodes are available: 3 Insufficient memory.'}]"))
        .containsExactly(
            new Trouble(
                "Unschedulable", "shop-0-1: 0/3 nodes are available: 3 Insufficient memory."));
  }

  @Test
  void a_crashing_container_is_told_with_its_exit_code_and_last_words() {
    assertThat(
            of(
                SCHEDULED
                    + ", containerStatuses: [{name: node, image: i, restartCount: 4, ready: false,"
                    + " state: {waiting: {reason: CrashLoopBackOff, message: 'back-off 40s'}},"
                    + " lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]"))
        .containsExactly(
            new Trouble(
                "ContainerCrashing",
                "shop-0-1: the container keeps ending, last with exit code 137 (OOMKilled),"
                    + " 4 restarts"));
  }

  @Test
  void other_reasons_to_wait_are_passed_on_and_starting_is_none() {
    assertThat(
            of(
                SCHEDULED
                    + ", containerStatuses: [{name: node, image: i, ready: false, state: {waiting:"
                    + " {reason: CreateContainerConfigError, message: 'secret \"x\" not found'}}}]"))
        .containsExactly(
            new Trouble("CreateContainerConfigError", "shop-0-1: secret \"x\" not found"));
    assertThat(
            of(
                SCHEDULED
                    + ", containerStatuses: [{name: node, image: i, ready: false,"
                    + " state: {waiting: {reason: ContainerCreating}}}]"))
        .isEmpty();
    assertThat(
            of(
                "phase: Running, conditions: [{type: PodScheduled, status: 'True'}],"
                    + " containerStatuses: [{name: node, image: i, ready: false,"
                    + " state: {running: {startedAt: '2026-01-01T00:00:00Z'}}}]"))
        .isEmpty();
  }

  @Test
  void a_pod_that_is_refused_is_told_with_the_newest_event_of_its_stateful_set() {
    List<StatefulSet> sets = List.of(set(2));
    Subject subject = new Subject("StatefulSet", "shop-0");
    assertThat(Diagnosis.subjects(List.of(), sets)).containsExactly(subject);

    assertThat(
            Diagnosis.troubles(
                List.of(),
                sets,
                Map.of(
                    subject,
                    List.of(
                        event("Normal", "2026-01-01T00:00:00Z", "create Pod shop-0-0 successful"),
                        event(
                            "Warning",
                            "2026-01-01T00:00:05Z",
                            "create Pod shop-0-1 in StatefulSet shop-0 failed error: pods \"shop-0-1\""
                                + " is forbidden: exceeded quota: few")))))
        .containsExactly(
            new Trouble(
                "PodRefused",
                "shop-0: create Pod shop-0-1 in StatefulSet shop-0 failed error: pods \"shop-0-1\""
                    + " is forbidden: exceeded quota: few"));
  }

  @Test
  void a_refusal_that_something_went_well_after_is_history() {
    assertThat(
            Diagnosis.troubles(
                List.of(),
                List.of(set(2)),
                Map.of(
                    new Subject("StatefulSet", "shop-0"),
                    List.of(
                        event("Warning", "2026-01-01T00:00:00Z", "refused"),
                        event("Normal", "2026-01-01T00:00:05Z", "created")))))
        .isEmpty();
  }

  @Test
  void a_claim_without_its_storage_class_is_told_by_the_claims_own_event() {
    Pod pod =
        pod(
            "phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                + " Unschedulable, message: '0/1 nodes are available: pod has unbound immediate"
                + " PersistentVolumeClaims.'}]");
    Subject claim = new Subject("PersistentVolumeClaim", "shop-0-1-tmp");
    assertThat(Diagnosis.subjects(List.of(pod), List.of())).containsExactly(claim);

    assertThat(
            Diagnosis.troubles(
                List.of(pod),
                List.of(),
                Map.of(
                    claim,
                    List.of(
                        event(
                            "Warning",
                            "2026-01-01T00:00:00Z",
                            "storageclass.storage.k8s.io \"nope\" not found")))))
        .containsExactly(
            new Trouble(
                "VolumeNotBound", "shop-0-1: storageclass.storage.k8s.io \"nope\" not found"));
    assertThat(Diagnosis.troubles(List.of(pod), List.of(), Map.of()))
        .extracting(Trouble::reason)
        .containsExactly("VolumeNotBound");
  }

  @Test
  void a_volume_that_cannot_be_mounted_is_told_by_the_pods_event() {
    Pod pod =
        pod(
            SCHEDULED
                + ", containerStatuses: [{name: node, image: i, ready: false,"
                + " state: {waiting: {reason: ContainerCreating}}}]");
    Subject subject = new Subject("Pod", "shop-0-1");
    assertThat(Diagnosis.subjects(List.of(pod), List.of())).containsExactly(subject);

    Event event = event("Warning", "2026-01-01T00:00:00Z", "MountVolume.SetUp failed");
    event.setReason("FailedMount");
    assertThat(Diagnosis.troubles(List.of(pod), List.of(), Map.of(subject, List.of(event))))
        .containsExactly(new Trouble("FailedMount", "shop-0-1: MountVolume.SetUp failed"));
  }

  @Test
  void where_every_pod_is_there_and_runs_no_event_is_read() {
    Pod first = pod("phase: Running, containerStatuses: [{state: {running: {}}}]");
    Pod second = pod("phase: Running, containerStatuses: [{state: {running: {}}}]");
    first.getMetadata().setName("shop-0-0");

    assertThat(Diagnosis.subjects(List.of(first, second), List.of(set(2)))).isEmpty();
    assertThat(Diagnosis.troubles(List.of(first, second), List.of(set(2)), Map.of())).isEmpty();
  }

  private static List<Trouble> of(String status) {
    return Diagnosis.troubles(List.of(pod(status)), List.of(), Map.of());
  }

  private static Pod pod(String status) {
    return Serialization.unmarshal(
        "---\nmetadata: {name: shop-0-1}\nspec: {volumes: [{name: tmp, ephemeral: {}}]}\nstatus: {"
            + status
            + "}",
        Pod.class);
  }

  private static StatefulSet set(int replicas) {
    return Serialization.unmarshal(
        "---\nmetadata: {name: shop-0}\nspec: {replicas: " + replicas + "}", StatefulSet.class);
  }

  private static Event event(String type, String time, String message) {
    return Serialization.unmarshal(
        "---\ntype: " + type + "\nlastTimestamp: '" + time + "'\nmessage: '" + message + "'",
        Event.class);
  }
}
