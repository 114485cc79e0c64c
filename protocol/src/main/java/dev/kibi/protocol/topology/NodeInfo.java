package dev.kibi.protocol.topology;

/**
 * How a node is reached. It holds for the node's whole life: a pod that gets another address is
 * another pod.
 *
 * @param id the node
 * @param pod the name of its pod
 * @param host its stable DNS name, empty where there is none
 * @param address its IP address, which peers dial and clients are told
 */
public record NodeInfo(NodeId id, String pod, String host, String address) {}
