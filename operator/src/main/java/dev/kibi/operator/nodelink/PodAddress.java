package dev.kibi.operator.nodelink;

/** Where the node of a pod is reached, as long as the pod exists. */
public record PodAddress(String podName, String podUid, String ip) {}
