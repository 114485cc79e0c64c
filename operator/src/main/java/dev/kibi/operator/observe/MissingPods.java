package dev.kibi.operator.observe;

import dev.kibi.operator.model.Labels;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server for the pods of nodes that the informer does not show. The informer selects
 * by labels, which anybody may change on a pod that lives; that a pod is gone is the proof of a
 * node's death, and only its name and uid tell. While all pods are shown, nothing is asked.
 */
final class MissingPods {

  /** The phases of a pod whose containers have ended and are not started again. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /**
   * What the API server says.
   *
   * @param alive pods that exist although they are not shown
   * @param gone uids of pods that exist no more, or have ended
   */
  record Found(List<ShardPod> alive, Set<String> gone) {
    static final Found NOTHING = new Found(List.of(), Set.of());
  }

  private final KubernetesClient client;

  MissingPods(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Looks for the pods of the topology's nodes that are not among the shown ones.
   *
   * @param failures told when pods cannot be read, so that nothing is known of them, and of one
   *     that lacks labels
   */
  Found find(
      ClusterKey cluster,
      Topology topology,
      Collection<ShardPod> shown,
      Collection<String> failures) {
    TreeSet<String> known = new TreeSet<>();
    shown.forEach(pod -> known.add(pod.uid()));
    List<ShardPod> alive = new ArrayList<>();
    TreeSet<String> gone = new TreeSet<>();
    try {
      for (NodeInfo node : topology.nodes()) {
        String uid = node.id().podUid();
        if (known.add(uid)) {
          Pod pod = client.pods().inNamespace(cluster.namespace()).withName(node.pod()).get();
          if (exists(pod, uid)) {
            topology
                .shardOf(node.id())
                .ifPresent(shard -> alive.add(new ShardPod(pod, shard.id())));
          } else {
            gone.add(uid);
          }
        }
      }
    } catch (KubernetesClientException e) {
      failures.add("Pods cannot be read: " + e.getMessage()); // the rest waits for an answer too
    }
    alive.forEach(pod -> tellLabels(cluster, pod, failures));
    return new Found(alive, gone);
  }

  private static boolean exists(@Nullable Pod pod, String uid) {
    return pod != null
        && pod.getMetadata().getUid().equals(uid)
        && (pod.getStatus() == null || !ENDED.contains(String.valueOf(pod.getStatus().getPhase())));
  }

  /** A Service does not lead to such a pod either, and its StatefulSet has let go of it. */
  private static void tellLabels(ClusterKey cluster, ShardPod pod, Collection<String> failures) {
    Map<String, String> has = pod.labels();
    List<String> lacking =
        Labels.ofShard(cluster.name(), pod.shard()).entrySet().stream()
            .filter(label -> !Objects.equals(has.get(label.getKey()), label.getValue()))
            .map(label -> label.getKey() + "=" + label.getValue())
            .toList();
    if (!lacking.isEmpty()) {
      failures.add("Pod " + pod.name() + " lives and lacks the labels " + lacking);
    }
  }
}
