package dev.kibi.operator.plan;

/**
 * What Kubernetes says of a pod.
 *
 * @param machine the Kubernetes node it runs on, empty before it is scheduled
 * @param revision names the template it was made from, empty when that is unknown
 * @param running whether its container runs, as far as Kubernetes knows
 * @param ready whether it is Ready: its Services lead to it
 * @param leaving whether its deletion has begun, or its process was told to end
 * @param role the role label it carries, empty when it has none
 * @param masterRequested whether a person asks for its node to become master
 */
public record PodState(
    String machine,
    String revision,
    boolean running,
    boolean ready,
    boolean leaving,
    String role,
    boolean masterRequested) {}
