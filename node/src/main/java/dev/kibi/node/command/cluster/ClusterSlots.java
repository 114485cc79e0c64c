package dev.kibi.node.command.cluster;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClusterView;
import dev.kibi.node.command.ReplicaStatus;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotRange;

/** CLUSTER SLOTS and CLUSTER SHARDS: who serves which of the 16384 hash slots. */
final class ClusterSlots {
  private ClusterSlots() {}

  static void slots(Call call) {
    ClusterView cluster = call.cluster();
    RespWriter reply = call.reply();
    reply.array(cluster.shards().stream().mapToInt(shard -> shard.slots().size()).sum());
    for (ClusterView.ShardView shard : cluster.shards()) {
      for (SlotRange range : shard.slots()) {
        reply.array(3L + shard.readyReplicas().size());
        reply.integer(Slot.firstHashSlot(range.first()));
        reply.integer(Slot.lastHashSlot(range.last()));
        endpoint(reply, shard.master());
        for (ClusterView.Node replica : shard.readyReplicas()) {
          endpoint(reply, replica);
        }
      }
    }
  }

  private static void endpoint(RespWriter reply, ClusterView.Node node) {
    reply.array(4);
    reply.bulk(node.endpoint().host());
    reply.integer(node.endpoint().port());
    reply.bulk(node.id());
    reply.map(0);
  }

  static void shards(Call call) {
    ClusterView cluster = call.cluster();
    RespWriter reply = call.reply();
    reply.array(cluster.shards().size());
    for (ClusterView.ShardView shard : cluster.shards()) {
      reply.map(2);
      reply.bulk("slots");
      reply.array(2L * shard.slots().size());
      for (SlotRange range : shard.slots()) {
        reply.integer(Slot.firstHashSlot(range.first()));
        reply.integer(Slot.lastHashSlot(range.last()));
      }
      reply.bulk("nodes");
      reply.array(shard.nodes().size());
      for (ClusterView.Node node : shard.nodes()) {
        node(call, reply, node);
      }
    }
  }

  private static void node(Call call, RespWriter reply, ClusterView.Node node) {
    reply.map(7);
    reply.bulk("id");
    reply.bulk(node.id());
    reply.bulk("port");
    reply.integer(node.endpoint().port());
    reply.bulk("ip");
    reply.bulk(node.endpoint().host());
    reply.bulk("endpoint");
    reply.bulk(node.endpoint().host());
    reply.bulk("role");
    reply.bulk(node.master() ? "master" : "replica");
    reply.bulk("replication-offset");
    reply.integer(offset(call, node));
    reply.bulk("health");
    reply.bulk(node.failed() ? "fail" : node.loading() ? "loading" : "online");
  }

  /**
   * A node knows its own offset and, as a master, those of its replicas; of others it knows nothing
   * newer than 0.
   */
  private static long offset(Call call, ClusterView.Node node) {
    if (node.nodeId().equals(call.node().self())) {
      return call.node().replicationOffset();
    }
    return call.node().replicas().stream()
        .filter(replica -> replica.id().equals(node.nodeId()))
        .mapToLong(ReplicaStatus::offset)
        .findFirst()
        .orElse(0);
  }
}
