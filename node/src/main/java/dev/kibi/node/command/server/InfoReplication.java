package dev.kibi.node.command.server;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClusterView;
import dev.kibi.node.command.NodeContext;
import dev.kibi.node.command.ReplicaStatus;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Optional;

/** The section about masters and replicas. */
final class InfoReplication {
  private InfoReplication() {}

  static void replication(Call call, InfoText text) {
    NodeContext node = call.node();
    text.section("Replication");
    text.field("role", node.master() ? "master" : "slave");
    if (!node.master() && node.topology() != null) {
      master(call, text);
    }
    List<ReplicaStatus> replicas = node.replicas();
    text.field("connected_slaves", replicas.size());
    Topology topology = node.topology();
    if (node.master() && topology != null && topology.durability() == Durability.REQUIRED) {
      // As in Redis with min-replicas-to-write 1; but a write below that waits, it does not fail.
      text.field("min_replicas_to_write", 1);
      text.field("min_slaves_good_slaves", replicas.stream().filter(ReplicaStatus::inSync).count());
    }
    for (int i = 0; i < replicas.size(); i++) {
      ReplicaStatus replica = replicas.get(i);
      Optional<ClusterView.Node> known = call.cluster().node(replica.id());
      text.field(
          "slave" + i,
          "ip="
              + known.map(found -> found.endpoint().host()).orElse("")
              + ",port="
              + known.map(found -> found.endpoint().port()).orElse(0)
              + ",state="
              + (replica.inSync() ? "online" : "wait_bgsave")
              + ",offset="
              + replica.offset()
              + ",lag="
              + Math.max(0, call.now() - replica.lastHeardMs()) / 1000);
    }
    text.field("master_failover_state", "no-failover");
    text.field("master_repl_offset", node.replicationOffset());
  }

  private static void master(Call call, InfoText text) {
    NodeContext node = call.node();
    Optional<ClusterView.Node> master = call.cluster().masterOf(node.self());
    long heard = node.masterLastHeardMs();
    text.field("master_host", master.map(known -> known.endpoint().host()).orElse(""));
    text.field("master_port", master.map(known -> known.endpoint().port()).orElse(0));
    text.field("master_link_status", node.masterLinkUp() ? "up" : "down");
    text.field("master_last_io_seconds_ago", heard == 0 ? -1 : (call.now() - heard) / 1000);
    text.field("master_sync_in_progress", node.masterLinkUp() ? 0 : 1);
    text.field("slave_repl_offset", node.replicationOffset());
    text.field("slave_priority", 100);
    text.field("slave_read_only", 1);
  }
}
