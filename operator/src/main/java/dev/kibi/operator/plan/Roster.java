package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Keeps the topology's list of nodes equal to what its shards name. */
final class Roster {
  private Roster() {}

  /** How to reach every node the shards name: as known before, or as the node itself reported. */
  static List<NodeInfo> of(List<Shard> shards, List<NodeInfo> known, List<NodeReport> reports) {
    TreeMap<NodeId, NodeInfo> infos = new TreeMap<>();
    reports.forEach(report -> infos.put(report.node(), ObservedPod.infoOf(report)));
    known.forEach(info -> infos.put(info.id(), info));
    List<NodeInfo> roster = new ArrayList<>();
    for (Shard shard : shards) {
      for (NodeId node : shard.members()) {
        NodeInfo info = infos.get(node);
        if (info == null) {
          throw new IllegalStateException(
              "node: " + node + " of shard " + shard.id() + " (expected: a known address)");
        }
        roster.add(info);
      }
    }
    return roster;
  }

  /** The pod of a node in words, for messages. */
  static String podName(NodeId node, List<NodeInfo> known) {
    return known.stream()
        .filter(info -> info.id().equals(node))
        .map(NodeInfo::pod)
        .findFirst()
        .orElseGet(node::toString);
  }
}
