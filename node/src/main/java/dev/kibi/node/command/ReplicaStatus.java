package dev.kibi.node.command;

import dev.kibi.protocol.topology.NodeId;

/** One replica as its master sees it: how far it has acknowledged, and when it was heard last. */
public record ReplicaStatus(NodeId id, long offset, boolean inSync, long lastHeardMs) {}
