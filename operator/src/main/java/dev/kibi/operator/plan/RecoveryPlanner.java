package dev.kibi.operator.plan;

import dev.kibi.protocol.election.ElectionRule;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens shards again that have no promotable node left, in a new generation: what only the lost
 * ones held is gone (protocol.md section 3, step 6).
 *
 * <p><b>Goals.</b> A shard that nobody can be elected for serves again, with as much as is left.
 *
 * <p><b>Constraints.</b> Every promotable node is <i>proven</i> dead, or a person has given it up.
 * The latter is no proof: such a node must have been silent for so long that it has fenced itself
 * should it be alone, and no copy may hear it. One that is heard is never passed over, it is
 * elected.
 *
 * <p><b>Algorithm.</b> Once no pod of the shard is left that may hold more, the best live copy
 * leads alone from epoch + 1; who is not proven dead learns from it.
 *
 * <p><b>Example.</b> Shard 0 is led by A, alone in sync in epoch 7, and A's machine does not
 * answer. B, which was behind, waits; a person confirms {@code 0@7}; B leads in epoch 8, and A
 * learns when it comes back.
 */
final class RecoveryPlanner {
  private final Scene scene;
  private final Timers timers;
  private final ElectionPlanner elections;
  private final Confirmations confirmations;
  private final PlanBuilder plan;

  RecoveryPlanner(Scene scene, Timers timers, ElectionPlanner elections, PlanBuilder plan) {
    this.scene = scene;
    this.timers = timers;
    this.elections = elections;
    this.confirmations = new Confirmations(scene.goal().recoverUncleanly());
    this.plan = plan;
  }

  /** The recovery of all shards that can be recovered now. */
  Optional<Step> recover() {
    List<Action.Election> recoveries = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : scene.topology().shards()) {
      Optional<NodeReport> copy =
          elections.isWithoutHeir(shard) ? survivor(shard) : Optional.empty();
      if (copy.isPresent()) {
        NodeId winner = copy.get().node();
        recoveries.add(new Action.Election(shard.id(), winner));
        messages.add(describe(shard, copy.get()));
        elections.countMaster(winner);
        shards.add(recovered(shard, winner));
      } else {
        shards.add(shard);
      }
    }
    if (recoveries.isEmpty()) {
      return Optional.empty();
    }
    Topology topology = scene.topology();
    return Optional.of(
        new Step(
            new Action.UncleanRecovery(recoveries),
            Reason.ALL_COPIES_LOST,
            String.join("; ", messages),
            topology.nextGeneration(
                Roster.of(shards, topology.nodes(), scene.liveness().heardReports()), shards)));
  }

  /** Says which confirmations lead to nothing. */
  void checkConfirmations() {
    List<Shard> waiting =
        scene.topology().shards().stream()
            .filter(shard -> elections.isWithoutHeir(shard) && !possiblyAlive(shard).isEmpty())
            .toList();
    confirmations
        .complaint(scene.topology(), waiting)
        .ifPresent(complaint -> plan.hold(Reason.CONFIRMATION_UNUSABLE, complaint));
  }

  /** The copy to recover from, once nobody is left who might know more. */
  private Optional<NodeReport> survivor(Shard shard) {
    List<NodeId> awaited = new ArrayList<>(possiblyAlive(shard));
    boolean confirmed = confirmations.cover(shard);
    if (confirmed) {
      awaited.removeIf(node -> isGivenUp(shard, node));
    }
    if (!awaited.isEmpty()) {
      hold(
          shard,
          podNames(awaited)
              + " cannot be reached and may hold acknowledged writes; "
              + (confirmed
                  ? "given up, as was confirmed, once nobody has heard of it for a while"
                  : "who gives these up annotates the CacheCluster: "
                      + Goal.RECOVER_UNCLEANLY
                      + "="
                      + Confirmations.needed(shard)));
      return Optional.empty();
    }
    Liveness liveness = scene.liveness();
    Optional<ObservedPod> unheard =
        scene.observed().podsOf(shard.id()).stream()
            .filter(
                pod -> !liveness.isHeard(pod) && !liveness.isSilentFor(pod, timers.patienceNanos()))
            .findFirst();
    List<NodeReport> reports = liveness.heardReports(shard.id());
    if (unheard.isPresent() || reports.isEmpty()) {
      hold(
          shard,
          "every in-sync copy is dead or given up; waiting for "
              + unheard.map(ObservedPod::name).orElse("its first node"));
      return Optional.empty();
    }
    return ElectionRule.bestCopy(elections.candidates(reports))
        .flatMap(best -> reports.stream().filter(report -> report.node().equals(best)).findFirst());
  }

  private List<NodeId> possiblyAlive(Shard shard) {
    return shard.members().stream()
        .filter(shard::isPromotable)
        .filter(node -> !scene.liveness().isProvenDead(node))
        .toList();
  }

  private boolean isGivenUp(Shard shard, NodeId node) {
    boolean silent =
        scene
            .observed()
            .podOf(node)
            .filter(pod -> scene.liveness().isSilentFor(pod, timers.surrenderNanos()))
            .isPresent();
    return silent && !(shard.isMaster(node) && scene.liveness().isMasterHeardByCopy(shard));
  }

  private void hold(Shard shard, String why) {
    plan.hold(Reason.WAITING_FOR_COPIES, "shard " + shard.id() + ": " + why);
    plan.recheck(timers.graceNanos());
  }

  private Shard recovered(Shard shard, NodeId winner) {
    List<NodeId> learners = new ArrayList<>(shard.members());
    learners.removeIf(scene.liveness()::isProvenDead);
    for (NodeReport report : scene.liveness().heardReports(shard.id())) {
      if (!learners.contains(report.node())) {
        learners.add(report.node());
      }
    }
    learners.remove(winner);
    return new Shard(
        shard.id(), shard.epoch() + 1, winner, false, List.of(winner), List.of(), learners);
  }

  private String describe(Shard shard, NodeReport copy) {
    List<NodeId> givenUp = possiblyAlive(shard);
    return "shard "
        + shard.id()
        + " goes on with "
        + copy.pod()
        + " and its "
        + copy.keys()
        + " keys"
        + (givenUp.isEmpty() ? "" : ", without " + podNames(givenUp) + " as was confirmed");
  }

  private List<String> podNames(List<NodeId> nodes) {
    return nodes.stream().map(node -> Roster.podName(node, scene.topology().nodes())).toList();
  }
}
