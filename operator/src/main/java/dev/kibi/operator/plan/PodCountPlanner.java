package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides how many pods the StatefulSet of each shard has.
 *
 * <p><b>Goals.</b> One master and {@code spec.replicas} replicas per shard.
 *
 * <p><b>Constraints.</b> A StatefulSet that shrinks deletes its highest ordinals, whoever they are.
 * So it shrinks only when the pods that stay are all in sync and the master is among them, or when
 * those that go hold nothing, and not before it is known what its present template is: right after
 * it grew for a rollout, that is unknown for a moment. A pod that is replaced must leave enough
 * copies behind: one, and under {@code required} two, since writes wait below that.
 *
 * <p><b>Algorithm.</b> The spec's number. While the pods of a shard are being replaced and too few
 * copies would be left, one pod more: it comes with the new template, syncs, takes over, and goes
 * last. Where shrinking is not allowed yet, the number stays what it is; {@link RolloutPlanner}
 * hands a master over that sits too high.
 *
 * <p><b>Example.</b> {@code replicas: 0} and a new image: shard 0 gets a second pod, which becomes
 * master; the first is replaced, syncs, becomes master again; the second goes. No data is lost.
 */
final class PodCountPlanner {

  private static final int COPIES_MIN_REQUIRED = 2;

  private final Scene scene;
  private final Copies copies;

  PodCountPlanner(Scene scene) {
    this.scene = scene;
    this.copies = new Copies(scene);
  }

  /** Without a topology that can be trusted nobody knows which pods hold what: none goes. */
  static Map<Integer, Integer> withoutTopology(Goal goal, ObservedCluster observed) {
    Map<Integer, Integer> counts = new TreeMap<>();
    observed
        .sets()
        .forEach(set -> counts.put(set.shard(), Math.max(set.pods(), 1 + goal.replicas())));
    return counts;
  }

  /** The number of pods by shard, for every StatefulSet there is. */
  Map<Integer, Integer> counts() {
    Map<Integer, Integer> counts = new TreeMap<>();
    Optional<Integer> rolling = rollingShard();
    for (ObservedSet set : scene.observed().sets()) {
      int wanted =
          rolling.filter(shard -> shard == set.shard()).isPresent() ? rolloutPods() : specPods();
      boolean held = wanted < set.pods() && (set.revision() == null || !mayShrink(set, wanted));
      counts.put(set.shard(), held ? set.pods() : wanted);
    }
    return counts;
  }

  /** Pods of a shard in which no pod is being replaced. */
  int specPods() {
    return 1 + scene.goal().replicas();
  }

  /** Pods that a shard needs for one of them to be replaced. */
  int rolloutPods() {
    int copiesLeft = scene.goal().durability() == Durability.REQUIRED ? COPIES_MIN_REQUIRED : 1;
    return Math.max(specPods(), copiesLeft + 1);
  }

  /** The first shard that stays and has a pod of an earlier template. */
  private Optional<Integer> rollingShard() {
    return scene.observed().outdatedPods().stream()
        .map(ObservedPod::shard)
        .filter(shard -> shard < scene.goal().shards() && scene.topology().shard(shard).isPresent())
        .min(Integer::compare);
  }

  private boolean mayShrink(ObservedSet set, int wanted) {
    Optional<Shard> shard = scene.topology().shard(set.shard());
    if (shard.isEmpty()) {
      return true;
    }
    List<ObservedPod> pods = scene.observed().podsOf(set.shard());
    List<ObservedPod> staying = pods.stream().filter(pod -> pod.ordinal() < wanted).toList();
    boolean othersHoldNothing =
        pods.stream()
            .filter(pod -> pod.ordinal() >= wanted)
            .noneMatch(pod -> EmptyPods.isPromotable(pod, shard.get()));
    return othersHoldNothing
        || (staying.size() == wanted
            && staying.stream().allMatch(copies::isWhole)
            && staying.stream().anyMatch(copies::isMaster));
  }
}
