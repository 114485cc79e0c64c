package dev.kibi.e2e.process;

import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.List;

/** Who is in a shard. */
public final class ShardMembers {

  private ShardMembers() {}

  /** The addresses of all its nodes. */
  public static List<String> addresses(Topology topology, int shard) {
    return topology.shard(shard).orElseThrow().members().stream()
        .map(node -> topology.node(node).map(NodeInfo::address).orElseThrow())
        .toList();
  }

  /** The pod of a copy in sync that is not the master. */
  public static String replicaPod(Topology topology, int shard) {
    Shard found = topology.shard(shard).orElseThrow();
    return found.inSync().stream()
        .filter(node -> !found.isMaster(node))
        .map(node -> topology.node(node).orElseThrow().pod())
        .findFirst()
        .orElseThrow();
  }
}
