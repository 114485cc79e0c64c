package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Brings every pod to the present template of its StatefulSet.
 *
 * <p><b>Goals.</b> Every pod is made from the present template; no acknowledged write is lost and
 * no client request fails on the way; a bad template harms one pod.
 *
 * <p><b>Constraints.</b> One pod at a time in the whole cluster, not one per shard: a template that
 * is bad shows itself on the first pod, and then stops there. The next pod goes only when every pod
 * of every shard is in place, in sync and ready for the present epoch of its shard, and those of
 * the present template are Ready to Kubernetes too, so that their Services lead to one. Replicas go
 * before their master. A master is never deleted, it hands over first. Nothing is remembered: a
 * further change of the spec, forwards or back, means "plan again from what is", so a rollout that
 * is stuck follows a corrected spec at once. What is not of the present template is seen by
 * comparing the pod's revision with the StatefulSet's.
 *
 * <p><b>Algorithm.</b> Name what is not whole. A pod of the present template among it (or one that
 * is missing or leaving) is waited for, for ever: a second copy is never taken down. If only pods
 * of an earlier template are not whole, the first of them that cannot be promoted is the next to
 * go. If everything is whole: in the first shard with something to do, the outdated replica of
 * highest ordinal goes; without one, an outdated master, or one that a smaller StatefulSet would
 * delete, hands over to a replica that stays.
 *
 * <p><b>Example.</b> Shards 0 and 1 with one replica each, a new image: delete shop-0-1; it returns
 * and syncs; shop-0-0 hands over to shop-0-1; delete shop-0-0; it returns and syncs; then the same
 * in shard 1.
 */
final class RolloutPlanner {

  private static final int NAMED_MAX = 3;

  /** Patience with a silent pod runs out without anything happening. */
  private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Scene scene;
  private final PlanBuilder plan;
  private final Copies copies;
  private final PodCountPlanner counts;
  private final SwitchoverPlanner switchovers;

  RolloutPlanner(Scene scene, PlanBuilder plan, SwitchoverPlanner switchovers) {
    this.scene = scene;
    this.plan = plan;
    this.switchovers = switchovers;
    this.copies = new Copies(scene);
    this.counts = new PodCountPlanner(scene);
  }

  /** The next disruption; what is waited for is a hold. */
  Optional<Disruption> next() {
    List<Shard> due = stayingShards().stream().filter(this::isDue).toList();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    List<ObservedPod> broken = new ArrayList<>();
    List<String> awaited = new ArrayList<>();
    collectBroken(broken, awaited);
    if (!awaited.isEmpty()) {
      return hold(awaited);
    }
    return broken.isEmpty()
        ? next(due.getFirst())
        : Optional.of(delete(broken.getFirst(), Reason.EMPTY_POD_OUTDATED));
  }

  private Optional<Disruption> next(Shard shard) {
    List<ObservedPod> pods = scene.observed().podsOf(shard.id());
    Optional<ObservedPod> master = copies.masterPod(shard);
    Optional<ObservedPod> replica =
        pods.stream()
            .filter(pod -> scene.observed().isOutdated(pod) && !copies.isMaster(pod))
            .max(Comparator.comparingInt(ObservedPod::ordinal));
    boolean masterOutdated = master.filter(scene.observed()::isOutdated).isPresent();
    if ((replica.isPresent() || masterOutdated) && pods.size() < counts.rolloutPods()) {
      return hold(List.of("a further pod of shard " + shard.id() + ", which is being made"));
    }
    if (replica.isPresent()) {
      return Optional.of(delete(replica.get(), Reason.POD_OUTDATED));
    }
    int staying = masterOutdated ? counts.rolloutPods() : counts.specPods();
    return switchovers.toOneOf(
        shard,
        pods.stream().filter(pod -> !copies.isMaster(pod) && pod.ordinal() < staying).toList(),
        masterOutdated ? Reason.MASTER_OUTDATED : Reason.MASTER_TO_GO);
  }

  /** Whether something is to be done in a shard of which every pod is whole. */
  private boolean isDue(Shard shard) {
    boolean outdated =
        scene.observed().podsOf(shard.id()).stream().anyMatch(scene.observed()::isOutdated);
    boolean masterTooHigh =
        copies.masterPod(shard).filter(pod -> pod.ordinal() >= counts.specPods()).isPresent();
    return outdated || masterTooHigh;
  }

  /**
   * Sorts what is not whole into outdated pods, which may be replaced, and what can only be waited
   * for.
   */
  private void collectBroken(List<ObservedPod> broken, List<String> awaited) {
    for (Shard shard : stayingShards()) {
      List<ObservedPod> pods = scene.observed().podsOf(shard.id());
      int expected = scene.observed().set(shard.id()).map(ObservedSet::pods).orElse(0);
      for (int ordinal = 0; ordinal < expected; ordinal++) {
        int wanted = ordinal;
        if (pods.stream().noneMatch(pod -> pod.ordinal() == wanted)) {
          awaited.add("pod " + ordinal + " of shard " + shard.id() + ", which is missing");
        }
      }
      for (ObservedPod pod : pods) {
        if (pod.leaving()) {
          awaited.add(pod.name() + ", which is ending");
        } else if (!copies.isWhole(pod) && mayReplaceBroken(pod, shard)) {
          broken.add(pod);
        } else if (!copies.isWhole(pod)) {
          awaited.add(pod.name() + ", which is not in sync and ready");
        } else if (!pod.state().ready() && !scene.observed().isOutdated(pod)) {
          awaited.add(pod.name() + ", which is not Ready to Kubernetes yet");
        }
      }
    }
  }

  private boolean mayReplaceBroken(ObservedPod pod, Shard shard) {
    return scene.observed().isOutdated(pod) && !EmptyPods.isPromotable(pod, shard);
  }

  /** Shards that are being emptied keep their pods as they are until they go. */
  private List<Shard> stayingShards() {
    return scene.topology().shards().stream()
        .filter(shard -> shard.id() < scene.goal().shards())
        .toList();
  }

  private Disruption delete(ObservedPod pod, Reason reason) {
    return new Disruption.DeletePod(
        pod.name(), pod.uid(), reason, pod.name() + " is replaced; " + scene.observed().progress());
  }

  private Optional<Disruption> hold(List<String> awaited) {
    int more = awaited.size() - NAMED_MAX;
    String named = String.join("; ", awaited.stream().limit(NAMED_MAX).toList());
    plan.recheck(RECHECK_NANOS);
    plan.hold(
        Reason.ROLLOUT_WAITING, "waits for " + named + (more > 0 ? "; and " + more + " more" : ""));
    return Optional.empty();
  }
}
