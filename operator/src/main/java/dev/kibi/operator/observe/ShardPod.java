package dev.kibi.operator.observe;

import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/** A pod of one shard, which its labels say, or the topology when they do not any more. */
record ShardPod(Pod pod, int shard) {

  /** What the labels say; nothing of a pod that they make none of a shard. */
  static Optional<ShardPod> of(Pod pod) {
    String shard = labels(pod).getOrDefault(Labels.SHARD, "");
    return shard.matches("[0-9]{1,4}")
        ? Optional.of(new ShardPod(pod, Integer.parseInt(shard)))
        : Optional.empty();
  }

  String name() {
    return pod.getMetadata().getName();
  }

  String uid() {
    return pod.getMetadata().getUid();
  }

  Map<String, String> labels() {
    return labels(pod);
  }

  private static Map<String, String> labels(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }
}
