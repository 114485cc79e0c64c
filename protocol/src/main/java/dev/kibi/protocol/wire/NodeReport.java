package dev.kibi.protocol.wire;

import dev.kibi.protocol.topology.NodeId;
import java.util.List;

/**
 * What a node is and sees.
 *
 * @param clusterUid the cluster the node was made for
 * @param node its id
 * @param pod its pod's name
 * @param host its stable DNS name, empty where there is none
 * @param address its IP address
 * @param shard the shard it was made for
 * @param role what it is doing
 * @param version version of the topology it has installed, 0 before the first
 * @param logEpoch epoch of the last entry of its log
 * @param epoch epoch of its shard in the installed topology, 0 while it is no member
 * @param lsn end of its log, summed over lanes
 * @param commitLsn committed part of it
 * @param ready whether it is joined and in sync for the current epoch
 * @param leaving whether its process was told to end (SIGTERM): it hands over or leaves the in-sync
 *     set, and comes back as another node
 * @param suspects nodes of its shard it takes for dead
 * @param keys keys it holds
 * @param usedBytes memory they take
 * @param maxBytes memory they may take, 0 for no limit
 */
public record NodeReport(
    String clusterUid,
    NodeId node,
    String pod,
    String host,
    String address,
    int shard,
    NodeRole role,
    long version,
    long logEpoch,
    long epoch,
    long lsn,
    long commitLsn,
    boolean ready,
    boolean leaving,
    List<NodeId> suspects,
    long keys,
    long usedBytes,
    long maxBytes) {

  public NodeReport {
    suspects = List.copyOf(suspects);
  }
}
