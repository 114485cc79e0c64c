package dev.kibi.protocol.election;

import dev.kibi.protocol.topology.NodeId;

/**
 * What an election knows of a node that has reported within the grace time.
 *
 * @param node the node
 * @param epoch epoch of its log
 * @param lsn its log end, summed over lanes
 * @param mastersInZone how many masters its zone already has
 */
public record Candidate(NodeId node, long epoch, long lsn, int mastersInZone) {}
