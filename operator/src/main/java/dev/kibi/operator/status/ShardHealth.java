package dev.kibi.operator.status;

import dev.kibi.operator.plan.Contact;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.ObservedPod;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one shard is.
 *
 * @param master pod of the master, or null while there is none
 * @param serving whether that master is heard and serves
 * @param inSync copies that hold every acknowledged write
 * @param copies copies the spec asks for
 */
record ShardHealth(
    int id,
    long epoch,
    @Nullable String master,
    boolean serving,
    int slots,
    int inSync,
    int copies,
    int nodes) {
  /**
   * A short stall of the operator must not look like a lost cluster, so people see silence later
   * than planners do.
   */
  private static final int PATIENCE_GRACES = 5;

  static ShardHealth of(Shard shard, Topology topology, Facts facts) {
    NodeId master = shard.master();
    Optional<NodeInfo> info = Optional.ofNullable(master).flatMap(topology::node);
    return new ShardHealth(
        shard.id(),
        shard.epoch(),
        info.map(NodeInfo::pod).orElse(null),
        master != null && serves(master, facts),
        topology.slots().slotsOf(shard.id()).size(),
        shard.inSync().size(),
        facts.desired().podsPerShard(),
        shard.members().size());
  }

  boolean isReplicated() {
    return inSync >= copies;
  }

  String lackOfMaster() {
    return master == null
        ? "shard " + id + " has no master"
        : "shard " + id + ": " + master + " is master and does not serve yet, or is not heard";
  }

  String lackOfCopies() {
    return "shard " + id + ": " + inSync + " of " + copies + " copies in sync";
  }

  private static boolean serves(NodeId master, Facts facts) {
    ObservedCluster observed = facts.observed();
    Optional<ObservedPod> pod = observed.podOf(master).filter(p -> p.isNode(master));
    NodeReport report = pod.map(ObservedPod::report).orElse(null);
    return report != null
        && report.role() == NodeRole.MASTER
        && pod.get().contact() == Contact.OPEN
        && !pod.get().isSilent(facts.nowNanos(), facts.timers().graceNanos() * PATIENCE_GRACES);
  }
}
