package dev.kibi.operator.plan;

import dev.kibi.protocol.election.Candidate;
import dev.kibi.protocol.election.ElectionRule;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds new masters for shards that lost theirs; all that is owed goes into one step (protocol.md
 * section 3).
 *
 * <p><b>Goals.</b> A lost master is replaced at once and no acknowledged write is lost.
 *
 * <p><b>Constraints.</b> Only a promotable node that is heard may win. The operator does nothing
 * about a master it hears. Nothing waits for Kubernetes: a pod that is unreachable for a minute
 * before Kubernetes notices has long been replaced. A shard without a promotable node that is heard
 * is left to {@link RecoveryPlanner}.
 *
 * <p><b>Algorithm.</b> For each shard without a master or with a lost one, {@link ElectionRule}
 * picks among the heard members; nodes in pods that are being deleted come last. Heard in-sync
 * members stay in sync under the winner; the old master leaves.
 *
 * <p><b>Example.</b> Shard 0 is led by A with B in sync. A's link closes and its port refuses: B
 * leads from epoch + 1 and A, which is only suspected, becomes a learner. When A's pod reports a
 * new incarnation, A leaves and the new node learns.
 */
final class ElectionPlanner {
  private final Scene scene;
  private final Map<String, Integer> mastersByMachine = new TreeMap<>();

  ElectionPlanner(Scene scene) {
    this.scene = scene;
    for (Shard shard : scene.topology().shards()) {
      NodeId master = shard.master();
      if (master != null && scene.liveness().isHeard(master)) {
        countMaster(master);
      }
    }
  }

  /** Elections among promotable nodes. */
  Optional<Step> elect() {
    List<Action.Election> elections = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : scene.topology().shards()) {
      Optional<NodeId> winner = owesElection(shard) ? winner(shard) : Optional.empty();
      if (winner.isPresent()) {
        elections.add(new Action.Election(shard.id(), winner.get()));
        messages.add(describe(shard, winner.get()));
        countMaster(winner.get());
        shards.add(elected(shard, winner.get()));
      } else {
        shards.add(shard);
      }
    }
    if (elections.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Step(
            new Action.ElectMasters(elections),
            Reason.MASTER_LOST,
            String.join("; ", messages),
            scene
                .topology()
                .withShards(Roster.of(shards, scene.topology().nodes(), List.of()), shards)));
  }

  /** Whether a shard has no master that lives, and no promotable node that is heard. */
  boolean isWithoutHeir(Shard shard) {
    return owesElection(shard) && winner(shard).isEmpty();
  }

  private boolean owesElection(Shard shard) {
    return shard.master() == null || scene.liveness().masterLost(shard).isPresent();
  }

  private Optional<NodeId> winner(Shard shard) {
    TreeSet<NodeId> suspects = new TreeSet<>();
    if (shard.master() != null) {
      suspects.add(shard.master());
    }
    List<NodeReport> heard =
        shard.members().stream()
            .flatMap(node -> scene.liveness().heardReport(node).stream())
            .toList();
    List<NodeReport> staying = heard.stream().filter(report -> !isLeaving(report.node())).toList();
    return ElectionRule.winner(shard, suspects, candidates(staying))
        .or(() -> ElectionRule.winner(shard, suspects, candidates(heard)));
  }

  /** The shard under its winner; the in-sync members that are heard stay in sync. */
  private Shard elected(Shard shard, NodeId winner) {
    TreeSet<NodeId> suspects = new TreeSet<>(shard.inSync());
    suspects.removeIf(scene.liveness()::isHeard);
    TreeSet<NodeId> dead = new TreeSet<>();
    shard.members().stream().filter(scene.liveness()::isProvenDead).forEach(dead::add);
    return ElectionRule.elected(shard, winner, suspects, dead, scene.topology().durability());
  }

  List<Candidate> candidates(List<NodeReport> reports) {
    return reports.stream()
        .map(report ->
            new Candidate(
                report.node(),
                report.logEpoch(),
                report.lsn(),
                mastersByMachine.getOrDefault(machine(report.node()), 0)))
        .toList();
  }

  private String describe(Shard shard, NodeId winner) {
    List<NodeInfo> nodes = scene.topology().nodes();
    NodeId master = shard.master();
    String lost =
        master == null
            ? "it has none"
            : Roster.podName(master, nodes)
                + " is lost, "
                + scene.liveness().masterLost(shard).map(Evidence::sentence).orElse("");
    return "shard "
        + shard.id()
        + ": "
        + lost
        + "; "
        + Roster.podName(winner, nodes)
        + " is master of epoch "
        + (shard.epoch() + 1);
  }

  private boolean isLeaving(NodeId node) {
    return scene.observed().podOf(node).map(ObservedPod::leaving).orElse(true);
  }

  private String machine(NodeId node) {
    return scene.observed().podOf(node).map(ObservedPod::machine).orElse("");
  }

  void countMaster(NodeId node) {
    mastersByMachine.merge(machine(node), 1, Integer::sum);
  }
}
