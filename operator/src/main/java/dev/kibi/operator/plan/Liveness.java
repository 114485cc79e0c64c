package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeReport;
import java.util.List;
import java.util.Optional;

/**
 * Who lives and who is lost, from one observation (protocol.md section 3, step 1).
 *
 * <p>A node is <b>heard</b> when its link is open and it has reported within the grace time. It is
 * <b>proven dead</b> when its pod object is certainly gone, or when a later incarnation is heard
 * from the same pod. Of two incarnations the one that is heard now is the later only if it has
 * installed the present topology: while the topology names the other, that one has started, so
 * whoever was there before had ended and cannot have installed it; a report of such a one may still
 * arrive. It is <b>lost</b> when it is proven dead, when its link was closed and a new one refused,
 * or when it is silent both for the operator and for a copy of its shard: a cut between operator
 * and master alone is no reason to take the master away.
 */
final class Liveness {
  private final ObservedCluster observed;
  private final long nowNanos;
  private final Timers timers;

  Liveness(ObservedCluster observed, long nowNanos, Timers timers) {
    this.observed = observed;
    this.nowNanos = nowNanos;
    this.timers = timers;
  }

  boolean isHeard(ObservedPod pod) {
    return pod.isHeard(nowNanos, timers);
  }

  boolean isHeard(NodeId node) {
    return observed.podOf(node).filter(pod -> isHeard(pod) && pod.isNode(node)).isPresent();
  }

  /** Whether a pod has said nothing for longer than the given time. */
  boolean isSilentFor(ObservedPod pod, long nanos) {
    return pod.isSilent(nowNanos, nanos);
  }

  boolean isProvenDead(NodeId node) {
    return evidence(node).filter(Evidence::isProof).isPresent();
  }

  /** The reports of nodes that are heard now, in pod order. */
  List<NodeReport> heardReports() {
    return observed.pods().stream()
        .filter(this::isHeard)
        .flatMap(pod -> Optional.ofNullable(pod.report()).stream())
        .toList();
  }

  /** The reports of nodes of one shard that are heard now and stay, in pod order. */
  List<NodeReport> heardReports(int shard) {
    return observed.podsOf(shard).stream()
        .filter(pod -> isHeard(pod) && !pod.leaving())
        .flatMap(pod -> Optional.ofNullable(pod.report()).stream())
        .toList();
  }

  Optional<NodeReport> heardReport(NodeId node) {
    return observed
        .podOf(node)
        .filter(this::isHeard)
        .map(ObservedPod::report)
        .filter(r -> r.node().equals(node));
  }

  /** What speaks for the death of a node, without asking its peers. */
  Optional<Evidence> evidence(NodeId node) {
    Optional<ObservedPod> pod = observed.podOf(node);
    if (pod.isEmpty()) {
      return observed.isPodGone(node) ? Optional.of(Evidence.POD_GONE) : Optional.empty();
    }
    if (isHeard(pod.get()) && !pod.get().isNode(node) && hasInstalledTopology(pod.get())) {
      return Optional.of(Evidence.RESTARTED);
    }
    return pod.get().contact() == Contact.REFUSED
        ? Optional.of(Evidence.REFUSED)
        : Optional.empty();
  }

  private boolean hasInstalledTopology(ObservedPod pod) {
    long present = observed.topology() == null ? 0 : observed.topology().version();
    return pod.report() != null && pod.report().version() >= present;
  }

  /** Why the shard's master is taken for lost, if it is. */
  Optional<Evidence> masterLost(Shard shard) {
    NodeId master = shard.master();
    if (master == null) {
      return Optional.empty();
    }
    Optional<Evidence> evidence = evidence(master);
    if (evidence.isPresent()) {
      return evidence;
    }
    boolean silent =
        observed
            .podOf(master)
            .filter(pod -> pod.isSilent(nowNanos, timers.graceNanos()))
            .isPresent();
    return silent && isSuspectedByCopy(shard, master)
        ? Optional.of(Evidence.SILENT)
        : Optional.empty();
  }

  /** Whether a copy that is heard hears the shard's master, in its present epoch. */
  boolean isMasterHeardByCopy(Shard shard) {
    NodeId master = shard.master();
    return master != null
        && shard.members().stream()
            .filter(node -> !node.equals(master))
            .flatMap(node -> heardReport(node).stream())
            .anyMatch(
                report -> report.epoch() == shard.epoch() && !report.suspects().contains(master));
  }

  private boolean isSuspectedByCopy(Shard shard, NodeId master) {
    return shard.members().stream()
        .flatMap(node -> heardReport(node).stream())
        .anyMatch(report -> report.suspects().contains(master));
  }
}
