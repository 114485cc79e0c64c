package dev.kibi.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;

/** Where a worker reports to. */
@FunctionalInterface
interface PodStatusWriter {
  void write(Pod pod, PodStatus status);
}
