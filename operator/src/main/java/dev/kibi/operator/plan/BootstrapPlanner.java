package dev.kibi.operator.plan;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans the first topology: contiguous, balanced slots; the first node of each shard leads and is
 * alone in sync, the others learn (protocol.md section 3, step 5).
 *
 * <p>A missing topology is no new cluster while any node has installed one: then the object was
 * lost, and a new one would give every slot to whoever reported first.
 */
final class BootstrapPlanner {
  private static final int LANES = 1;

  private BootstrapPlanner() {}

  static Optional<Step> bootstrap(Goal goal, Liveness liveness, PlanBuilder plan) {
    List<NodeReport> reports = liveness.heardReports();
    Optional<NodeReport> informed =
        reports.stream().filter(report -> report.version() > 0).findFirst();
    if (informed.isPresent()) {
      plan.hold(
          Reason.TOPOLOGY_MISSING,
          informed.get().pod()
              + " has installed version "
              + informed.get().version()
              + " of a topology that is gone");
      return Optional.empty();
    }
    if (goal.paused()) {
      plan.hold(Reason.PAUSED, "spec.paused is true");
      return Optional.empty();
    }
    List<Shard> shards = new ArrayList<>();
    List<Integer> waiting = new ArrayList<>();
    for (int id = 0; id < goal.shards(); id++) {
      List<NodeId> nodes = liveness.heardReports(id).stream().map(NodeReport::node).toList();
      if (nodes.isEmpty()) {
        waiting.add(id);
      } else {
        shards.add(Shard.bootstrap(id, nodes.getFirst(), nodes.subList(1, nodes.size())));
      }
    }
    if (!waiting.isEmpty()) {
      plan.hold(Reason.WAITING_FOR_NODES, "no node has reported yet for shards " + waiting);
      return Optional.empty();
    }
    Topology first =
        topology(
            goal,
            shards,
            Roster.of(shards, List.of(), reports),
            SlotPlanner.firstMap(goal.shards()));
    return Optional.of(
        new Step(
            new Action.Bootstrap(goal.shards()),
            Reason.BOOTSTRAP,
            "1024 slots over " + goal.shards() + " shards",
            first));
  }

  private static Topology topology(
      Goal goal, List<Shard> shards, List<NodeInfo> nodes, SlotMap slots) {
    return new Topology(
        goal.clusterUid(),
        Topology.FIRST_GENERATION,
        1,
        LANES,
        goal.durability(),
        nodes,
        shards,
        slots,
        List.of(),
        1);
  }
}
