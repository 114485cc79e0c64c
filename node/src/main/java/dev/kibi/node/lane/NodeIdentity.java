package dev.kibi.node.lane;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;

/**
 * Who this process is.
 *
 * @param clusterUid the cluster it was made for
 * @param id its node id, new at every start
 * @param pod its pod's name
 * @param host its stable DNS name, empty where there is none
 * @param address its IP address
 * @param shard the shard it was made for
 * @param clientPort where clients connect, the same on every node
 * @param peerPort where peers and the operator connect, the same on every node
 */
public record NodeIdentity(
    String clusterUid,
    NodeId id,
    String pod,
    String host,
    String address,
    int shard,
    int clientPort,
    int peerPort) {

  /** As a topology names it. */
  public NodeInfo info() {
    return new NodeInfo(id, pod, host, address);
  }
}
