package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.Optional;

/**
 * Replaces pods of an earlier template that hold nothing, at once and whatever else is amiss.
 *
 * <p>This is what lets a good spec correct a bad one: a pod whose image cannot be pulled, that
 * finds no place or that crashes would otherwise be waited for, and its template is the very cause.
 *
 * <p>A pod holds nothing when none of its containers runs and its node is not heard, since all data
 * is in memory; or when it has been silent for long, is in no in-sync set, and its shard has a
 * master that is heard. A node that can be heard is left to {@link RolloutPlanner}: it may be about
 * to become a copy.
 */
final class EmptyPods {

  private EmptyPods() {}

  static Optional<Disruption> replace(ObservedCluster observed, Liveness liveness, Timers timers) {
    return observed.outdatedPods().stream()
        .filter(pod -> !pod.leaving() && holdsNothing(pod, observed, liveness, timers))
        .findFirst()
        .map(pod ->
            new Disruption.DeletePod(
                pod.name(),
                pod.uid(),
                Reason.EMPTY_POD_OUTDATED,
                pod.name() + " holds no data and is of an earlier template"));
  }

  private static boolean holdsNothing(
      ObservedPod pod, ObservedCluster observed, Liveness liveness, Timers timers) {
    if (liveness.isHeard(pod)) {
      return false;
    }
    if (!pod.state().running()) {
      return true;
    }
    if (!liveness.isSilentFor(pod, timers.patienceNanos())) {
      return false;
    }
    Topology topology = observed.topology();
    Optional<Shard> shard = topology == null ? Optional.empty() : topology.shard(pod.shard());
    return shard.isEmpty()
        ? pod.report() == null
        : isLed(shard.get(), liveness) && !isPromotable(pod, shard.get());
  }

  private static boolean isLed(Shard shard, Liveness liveness) {
    NodeId master = shard.master();
    return master != null && liveness.isHeard(master);
  }

  /** Whether some life of the pod may be promoted. */
  static boolean isPromotable(ObservedPod pod, Shard shard) {
    return shard.members().stream()
        .anyMatch(node -> node.podUid().equals(pod.uid()) && shard.isPromotable(node));
  }
}
