package dev.kibi.node.command.cluster;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClusterView;
import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.topology.Topology;

/**
 * CLUSTER INFO. The state is {@code ok} as long as every slot belongs to a shard: a shard without a
 * master costs its own slots only (their commands answer CLUSTERDOWN), not new connections to the
 * others.
 */
final class ClusterInfo {
  private ClusterInfo() {}

  static void info(Call call) {
    Topology topology = call.node().topology();
    StringBuilder text = new StringBuilder();
    if (topology == null) {
      figures(text, "fail", 0, 0, 0, 0, 0, 0);
    } else {
      of(call, call.cluster(), text);
    }
    field(text, "cluster_stats_messages_sent", 0);
    field(text, "cluster_stats_messages_received", 0);
    field(text, "total_cluster_links_buffer_limit_exceeded", 0);
    call.reply().verbatim("txt", text.toString());
  }

  private static void of(Call call, ClusterView cluster, StringBuilder text) {
    int assigned = 0;
    int failed = 0;
    int nodes = 0;
    int masters = 0;
    long epoch = 0;
    long myEpoch = 0;
    for (ClusterView.ShardView shard : cluster.shards()) {
      assigned += shard.hashSlots();
      failed += shard.master().failed() ? shard.hashSlots() : 0;
      nodes += shard.nodes().size();
      masters += shard.slots().isEmpty() ? 0 : 1;
      epoch = Math.max(epoch, shard.epoch());
      if (shard.nodes().stream().anyMatch(node -> node.nodeId().equals(call.node().self()))) {
        myEpoch = shard.epoch();
      }
    }
    figures(
        text,
        assigned == HashSlot.COUNT ? "ok" : "fail",
        assigned,
        failed,
        nodes,
        masters,
        epoch,
        myEpoch);
  }

  private static void figures(
      StringBuilder text,
      String state,
      int assigned,
      int failed,
      int nodes,
      int masters,
      long epoch,
      long myEpoch) {
    field(text, "cluster_state", state);
    field(text, "cluster_slots_assigned", assigned);
    field(text, "cluster_slots_ok", assigned - failed);
    field(text, "cluster_slots_pfail", 0);
    field(text, "cluster_slots_fail", failed);
    field(text, "cluster_known_nodes", nodes);
    field(text, "cluster_size", masters);
    field(text, "cluster_current_epoch", epoch);
    field(text, "cluster_my_epoch", myEpoch);
  }

  private static void field(StringBuilder text, String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }
}
