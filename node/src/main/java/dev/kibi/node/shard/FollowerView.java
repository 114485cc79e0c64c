package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;

/**
 * One follower as its master sees it.
 *
 * @param acked end of what it has acknowledged in this epoch
 * @param heardAt when it was heard last, on the clock of the machine's events
 */
public record FollowerView(NodeId node, boolean linked, boolean inSync, long acked, long heardAt) {}
