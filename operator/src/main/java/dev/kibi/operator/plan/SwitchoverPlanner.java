package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plans planned switchovers: the order goes to the master, which does it.
 *
 * <p>A person asks for one by an annotation of the pod that shall lead; it is taken off once that
 * pod leads. What cannot be done now is a hold, and is done when it can.
 */
final class SwitchoverPlanner {

  /** The order is sent again after it, should the master not have had it. */
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Scene scene;
  private final Copies copies;
  private final PlanBuilder plan;

  SwitchoverPlanner(Scene scene, PlanBuilder plan) {
    this.scene = scene;
    this.copies = new Copies(scene);
    this.plan = plan;
  }

  /** The switchover a person asks for. */
  Optional<Disruption> requested() {
    for (Shard shard : scene.topology().shards()) {
      Optional<ObservedPod> wanted =
          scene.observed().podsOf(shard.id()).stream()
              .filter(pod -> pod.state().masterRequested() && !copies.isMaster(pod))
              .findFirst();
      if (wanted.isPresent()) {
        Optional<Disruption> order = requested(shard, wanted.get());
        if (order.isPresent()) {
          return order;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Disruption> requested(Shard shard, ObservedPod wanted) {
    if (!copies.isWhole(wanted) || copies.masterPod(shard).filter(this::mayHandOver).isEmpty()) {
      plan.hold(
          Reason.SWITCHOVER_WAITING,
          wanted.name() + " or the master of shard " + shard.id() + " is not in sync and ready");
      return Optional.empty();
    }
    return order(shard, wanted, Reason.SWITCHOVER_REQUESTED);
  }

  /**
   * An order to hand a shard over to the best of the given pods: the one whose machine has the
   * fewest masters, then the first.
   */
  Optional<Disruption> toOneOf(Shard shard, List<ObservedPod> candidates, Reason reason) {
    Map<String, Integer> masters = mastersByMachine();
    return candidates.stream()
        .min(Comparator.comparingInt(pod -> masters.getOrDefault(pod.machine(), 0)))
        .flatMap(best -> order(shard, best, reason));
  }

  /** A master that ends hands over by itself. */
  private boolean mayHandOver(ObservedPod master) {
    return scene.liveness().isHeard(master) && !master.leaving();
  }

  private Optional<Disruption> order(Shard shard, ObservedPod to, Reason reason) {
    NodeId master = shard.master();
    NodeReport report = to.report();
    if (master == null || report == null) {
      return Optional.empty();
    }
    plan.recheck(REPEAT_NANOS);
    String from = Roster.podName(master, scene.topology().nodes());
    return Optional.of(
        new Disruption.Switchover(
            shard.id(),
            shard.epoch(),
            master,
            report.node(),
            reason,
            "shard " + shard.id() + ": " + from + " hands over to " + to.name()));
  }

  private Map<String, Integer> mastersByMachine() {
    Map<String, Integer> masters = new TreeMap<>();
    for (Shard shard : scene.topology().shards()) {
      copies.masterPod(shard).ifPresent(pod -> masters.merge(pod.machine(), 1, Integer::sum));
    }
    return masters;
  }
}
