package dev.kibi.operator.diagnosis;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from the status of a pod what keeps it from working. */
final class PodDiagnosis {

  private static final List<String> IMAGE =
      List.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");

  /** Waiting that is a way to run, and no trouble yet. */
  private static final List<String> STARTING = List.of("ContainerCreating", "PodInitializing");

  private PodDiagnosis() {}

  static Optional<Trouble> of(Pod pod) {
    if (pod.getStatus() == null || pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    return unschedulable(pod)
        .or(() -> containers(pod).stream().flatMap(c -> container(pod, c).stream()).findFirst())
        .or(() -> failed(pod));
  }

  /** Whether the scheduler waits for a volume claim of the pod. */
  static boolean lacksVolume(Pod pod) {
    return notScheduled(pod)
        .map(PodDiagnosis::text)
        .filter(text -> text.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim"))
        .isPresent();
  }

  /** Whether the pod has a place and does not start, and its status does not say why. */
  static boolean waitsSilently(Pod pod) {
    if (pod.getStatus() == null || pod.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    boolean scheduled =
        pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("True"));
    return scheduled
        && containers(pod).stream().allMatch(c -> STARTING.contains(waitingReason(c.getState())));
  }

  private static Optional<Trouble> unschedulable(Pod pod) {
    return notScheduled(pod)
        .map(condition ->
            new Trouble(
                lacksVolume(pod) ? "VolumeNotBound" : "Unschedulable",
                pod.getMetadata().getName() + ": " + text(condition)));
  }

  private static Optional<PodCondition> notScheduled(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
            .findFirst();
  }

  private static Optional<Trouble> container(Pod pod, ContainerStatus status) {
    String name = pod.getMetadata().getName() + ": ";
    String reason = waitingReason(status.getState());
    if (IMAGE.contains(reason)) {
      return Optional.of(
          new Trouble(
              "ImageNotPulled",
              name + "image " + status.getImage() + " cannot be pulled: " + waitingText(status)));
    }
    if (reason.equals("CrashLoopBackOff") || terminated(status.getState()) != null) {
      return Optional.of(
          new Trouble("ContainerCrashing", name + "the container keeps ending, " + exit(status)));
    }
    if (!reason.isEmpty() && !STARTING.contains(reason)) {
      return Optional.of(new Trouble(reason, name + waitingText(status)));
    }
    return Optional.empty();
  }

  /** For example evicted by the kubelet, or refused by it. */
  private static Optional<Trouble> failed(Pod pod) {
    String reason = pod.getStatus().getReason();
    String message = pod.getStatus().getMessage();
    return "Failed".equals(pod.getStatus().getPhase())
        ? Optional.of(
            new Trouble(
                reason == null ? "PodFailed" : reason,
                pod.getMetadata().getName() + ": " + (message == null ? "failed" : message)))
        : Optional.empty();
  }

  /** How it ended last, with what Kubernetes and the process itself say of it. */
  private static String exit(ContainerStatus status) {
    ContainerStateTerminated now = terminated(status.getState());
    ContainerStateTerminated end = now != null ? now : terminated(status.getLastState());
    if (end == null) {
      return status.getRestartCount() + " restarts";
    }
    String message = end.getMessage() == null ? "" : ": " + end.getMessage().strip();
    return "last with exit code "
        + end.getExitCode()
        + (end.getReason() == null ? "" : " (" + end.getReason() + ")")
        + ", "
        + status.getRestartCount()
        + " restarts"
        + message;
  }

  private static List<ContainerStatus> containers(Pod pod) {
    return pod.getStatus().getContainerStatuses();
  }

  private static @Nullable ContainerStateTerminated terminated(@Nullable ContainerState state) {
    return state == null ? null : state.getTerminated();
  }

  private static String waitingReason(@Nullable ContainerState state) {
    ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
    return waiting == null || waiting.getReason() == null ? "" : waiting.getReason();
  }

  private static String waitingText(ContainerStatus status) {
    String message = status.getState().getWaiting().getMessage();
    return message == null ? waitingReason(status.getState()) : message.strip();
  }

  private static String text(PodCondition condition) {
    return condition.getMessage() == null
        ? String.valueOf(condition.getReason())
        : condition.getMessage();
  }
}
