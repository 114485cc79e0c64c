package dev.kibi.local.controller;

import io.fabric8.kubernetes.api.model.Pod;

/** Whether a pod may get traffic. */
public final class PodReadiness {
  private PodReadiness() {}

  public static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }
}
