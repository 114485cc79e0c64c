package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes dead nodes out of their shards and lets new ones in as learners, all in one step.
 *
 * <p>Only what is proven dead goes: a silent member is the master's business, which removes it from
 * the in-sync set by itself. A dead master is left to the election. A node whose pod is being
 * deleted is not let in, nor one whose pod has another incarnation among the members: which of the
 * two is dead shows when one of them has installed the topology.
 */
final class MemberPlanner {
  private MemberPlanner() {}

  static Optional<Step> changeMembers(Scene scene) {
    Topology topology = scene.topology();
    List<NodeId> gone = new ArrayList<>();
    List<NodeInfo> joined = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : topology.shards()) {
      Shard next = shard;
      for (NodeId node : shard.members()) {
        if (!shard.isMaster(node) && scene.liveness().isProvenDead(node)) {
          gone.add(node);
          next = next.without(node);
        }
      }
      for (NodeReport report : scene.liveness().heardReports(shard.id())) {
        if (topology.shardOf(report.node()).isEmpty() && !isPodTaken(next, report.node())) {
          joined.add(ObservedPod.infoOf(report));
          next = withLearner(next, report.node());
        }
      }
      shards.add(next);
    }
    if (gone.isEmpty() && joined.isEmpty()) {
      return Optional.empty();
    }
    List<NodeInfo> nodes = Roster.of(shards, topology.nodes(), scene.liveness().heardReports());
    return Optional.of(
        new Step(
            new Action.ChangeMembers(gone, joined),
            Reason.MEMBERS_CHANGED,
            describe(gone, joined, topology),
            topology.withShards(nodes, shards)));
  }

  /** Whether another incarnation from the same pod is still a member: one of the two is dead. */
  private static boolean isPodTaken(Shard shard, NodeId node) {
    return shard.members().stream().anyMatch(node::isOtherIncarnationOf);
  }

  private static Shard withLearner(Shard shard, NodeId node) {
    List<NodeId> learners = new ArrayList<>(shard.learners());
    learners.add(node);
    return shard.withMembers(shard.inSync(), learners);
  }

  private static String describe(List<NodeId> gone, List<NodeInfo> joined, Topology topology) {
    List<String> parts = new ArrayList<>();
    if (!gone.isEmpty()) {
      parts.add(
          "dead: "
              + gone.stream()
                  .map(node -> Roster.podName(node, topology.nodes()))
                  .collect(Collectors.joining(", ")));
    }
    if (!joined.isEmpty()) {
      parts.add("new: " + joined.stream().map(NodeInfo::pod).collect(Collectors.joining(", ")));
    }
    return String.join("; ", parts);
  }
}
