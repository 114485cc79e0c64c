package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one cluster at one moment.
 *
 * @param topology the stored topology, or null while there is none
 * @param pods every pod of the cluster, by name with ordinals in numeric order
 * @param sets the StatefulSets of the shards, by shard
 * @param gonePods uids of pods of the topology's nodes that certainly do not exist any more; of one
 *     that is neither here nor among the pods nothing is known
 */
public record ObservedCluster(
    @Nullable Topology topology,
    List<ObservedPod> pods,
    List<ObservedSet> sets,
    Set<String> gonePods) {
  private static final Comparator<ObservedPod> BY_NAME =
      Comparator.<ObservedPod>comparingInt(pod -> pod.name().length())
          .thenComparing(ObservedPod::name);

  public ObservedCluster {
    pods = pods.stream().sorted(BY_NAME).toList();
    sets = sets.stream().sorted(Comparator.comparingInt(ObservedSet::shard)).toList();
    gonePods = Collections.unmodifiableSortedSet(new TreeSet<>(gonePods));
  }

  /** What is seen by somebody whom no pod escapes: every other one is gone. */
  public ObservedCluster(
      @Nullable Topology topology, List<ObservedPod> pods, List<ObservedSet> sets) {
    this(topology, pods, sets, others(topology, pods));
  }

  private static Set<String> others(@Nullable Topology topology, List<ObservedPod> pods) {
    TreeSet<String> uids = new TreeSet<>();
    if (topology != null) {
      topology.nodes().forEach(node -> uids.add(node.id().podUid()));
    }
    pods.forEach(pod -> uids.remove(pod.uid()));
    return uids;
  }

  /** The same with another topology. */
  public ObservedCluster with(Topology other) {
    return new ObservedCluster(other, pods, sets, gonePods);
  }

  /** The StatefulSet of a shard, if it exists. */
  public Optional<ObservedSet> set(int shard) {
    return sets.stream().filter(set -> set.shard() == shard).findFirst();
  }

  /**
   * Whether a pod was made from an earlier template than the present one of its StatefulSet; not
   * when either is unknown.
   */
  public boolean isOutdated(ObservedPod pod) {
    return !pod.state().revision().isEmpty()
        && set(pod.shard())
            .map(ObservedSet::revision)
            .filter(revision -> !revision.equals(pod.state().revision()))
            .isPresent();
  }

  /** The pods that were made from an earlier template. */
  public List<ObservedPod> outdatedPods() {
    return pods.stream().filter(this::isOutdated).toList();
  }

  /** How far a rollout is, in words. */
  public String progress() {
    return (pods.size() - outdatedPods().size())
        + " of "
        + pods.size()
        + " pods are of the present template";
  }

  /** The pod with the given uid, if it exists. */
  public Optional<ObservedPod> pod(String uid) {
    return pods.stream().filter(pod -> pod.uid().equals(uid)).findFirst();
  }

  /** The pod a node runs in, if it exists. */
  public Optional<ObservedPod> podOf(NodeId node) {
    return pod(node.podUid());
  }

  /** Whether the pod a node ran in is gone. */
  public boolean isPodGone(NodeId node) {
    return gonePods.contains(node.podUid());
  }

  /** The pods made for one shard. */
  public List<ObservedPod> podsOf(int shard) {
    return pods.stream().filter(pod -> pod.shard() == shard).toList();
  }

  /** Whether some node has not had the time to be heard since listening began. */
  public boolean isSettling(long nowNanos, Timers timers) {
    return pods.stream()
        .anyMatch(
            pod -> pod.contact() == Contact.NONE && !pod.isSilent(nowNanos, timers.graceNanos()));
  }

  /** The highest topology version any node has installed. */
  public long highestReportedVersion() {
    return pods.stream()
        .map(ObservedPod::report)
        .mapToLong(report -> report == null ? 0 : report.version())
        .max()
        .orElse(0);
  }
}
