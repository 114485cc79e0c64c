package dev.kibi.node.command.cluster;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClusterView;
import dev.kibi.node.command.CommandError;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotRange;
import java.util.List;

/**
 * CLUSTER NODES and what else names nodes. Lines have exactly the fields of Redis 7, because
 * clients count them.
 */
final class ClusterNodes {
  private ClusterNodes() {}

  static void nodes(Call call) {
    StringBuilder text = new StringBuilder();
    for (ClusterView.ShardView shard : call.cluster().shards()) {
      for (ClusterView.Node node : shard.nodes()) {
        line(text, call, shard, node);
        text.append('\n');
      }
    }
    call.reply().verbatim("txt", text.toString());
  }

  static void replicas(Call call) {
    String id = call.quoted(2);
    ClusterView.ShardView shard = shardOf(call, id);
    if (!shard.master().id().equals(id)) {
      throw CommandError.of("ERR The specified node is not a master");
    }
    List<ClusterView.Node> replicas = shard.nodes().subList(1, shard.nodes().size());
    call.reply().array(replicas.size());
    for (ClusterView.Node replica : replicas) {
      StringBuilder text = new StringBuilder();
      line(text, call, shard, replica);
      call.reply().bulk(text.toString());
    }
  }

  static void countFailureReports(Call call) {
    shardOf(call, call.quoted(2));
    // Nodes do not vote on each other's death: the operator decides, and keeps no reports.
    call.reply().integer(0);
  }

  static void myId(Call call) {
    call.reply().bulk(ClusterView.idOf(call.node().self()));
  }

  static void myShardId(Call call) {
    call.reply()
        .bulk(ClusterView.shardId(call.cluster().topology().clusterUid(), call.node().shardId()));
  }

  private static ClusterView.ShardView shardOf(Call call, String id) {
    return call.cluster().shardOf(id).orElseThrow(() -> CommandError.of("ERR Unknown node " + id));
  }

  private static void line(
      StringBuilder text, Call call, ClusterView.ShardView shard, ClusterView.Node node) {
    text.append(node.id())
        .append(' ')
        .append(node.endpoint())
        .append('@')
        .append(node.endpoint().peerPort());
    text.append(node.nodeId().equals(call.node().self()) ? " myself," : " ");
    text.append(node.master() ? "master" : "slave");
    if (node.failed()) {
      text.append(",fail");
    }
    text.append(' ').append(node.master() ? "-" : shard.master().id());
    // Ping sent and pong received: nodes do not ping each other.
    text.append(" 0 0 ").append(shard.epoch()).append(" connected");
    if (node.master()) {
      for (SlotRange range : shard.slots()) {
        text.append(' ').append(Slot.firstHashSlot(range.first()));
        text.append('-').append(Slot.lastHashSlot(range.last()));
      }
    }
  }
}
