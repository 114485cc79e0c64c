package dev.kibi.local.kubelet;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Says the state of a container as the status of its pod. */
final class PodStatuses {
  private PodStatuses() {}

  /** {@code previous} tells since when conditions hold. */
  static PodStatus of(
      Pod pod,
      String podIp,
      ContainerState state,
      PodStatus previous,
      Instant startTime,
      Instant now) {
    return new PodStatusBuilder()
        .withPhase(state.running() == null && state.lastExit() == null ? "Pending" : "Running")
        .withHostIP(podIp)
        .withPodIP(podIp)
        .addNewPodIP(podIp)
        .withQosClass("Burstable")
        .withStartTime(timestamp(startTime))
        .withContainerStatuses(containerStatus(pod, state))
        .withConditions(conditions(state, previous, now))
        .build();
  }

  /** The status of a pod that nothing will be started for; the same whenever it is said. */
  static PodStatus notRunnable(Pod pod, String why) {
    return new PodStatusBuilder()
        .withPhase("Pending")
        .addNewContainerStatus()
        .withName(pod.getSpec().getContainers().getFirst().getName())
        .withImage(pod.getSpec().getContainers().getFirst().getImage())
        .withNewState()
        .withNewWaiting(why, "CreateContainerConfigError")
        .endState()
        .endContainerStatus()
        .build();
  }

  private static ContainerStatus containerStatus(Pod pod, ContainerState state) {
    var container = pod.getSpec().getContainers().getFirst();
    ContainerStatusBuilder status =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(container.getImage())
            .withImageID("process")
            .withReady(state.ready())
            .withStarted(state.running() != null)
            .withRestartCount(state.restarts());
    ContainerState.Running running = state.running();
    if (running != null) {
      status
          .withContainerID(containerId(running.pid()))
          .withNewState()
          .withNewRunning(timestamp(running.startedAt()))
          .endState();
    } else {
      status
          .withNewState()
          .withNewWaiting(state.waitingMessage(), state.waitingReason())
          .endState();
    }
    ContainerState.Exit exit = state.lastExit();
    if (exit != null) {
      status
          .withNewLastState()
          .withNewTerminated()
          .withContainerID(containerId(exit.pid()))
          .withExitCode(exit.code())
          .withReason(exit.code() == 0 ? "Completed" : "Error")
          .withStartedAt(timestamp(exit.startedAt()))
          .withFinishedAt(timestamp(exit.finishedAt()))
          .endTerminated()
          .endLastState();
    }
    return status.build();
  }

  /** The pid is all there is to a container here. */
  private static String containerId(long pid) {
    return "process://" + pid;
  }

  private static List<PodCondition> conditions(
      ContainerState state, PodStatus previous, Instant now) {
    return Stream.of(
            condition("PodScheduled", true, previous, now),
            condition("Initialized", true, previous, now),
            condition("ContainersReady", state.ready(), previous, now),
            condition("Ready", state.ready(), previous, now))
        .toList();
  }

  private static PodCondition condition(
      String type, boolean holds, PodStatus previous, Instant now) {
    String status = holds ? "True" : "False";
    String since =
        previous.getConditions().stream()
            .filter(condition -> condition.getType().equals(type))
            .filter(condition -> condition.getStatus().equals(status))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElse(timestamp(now));
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withLastTransitionTime(since)
        .build();
  }

  private static String timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
