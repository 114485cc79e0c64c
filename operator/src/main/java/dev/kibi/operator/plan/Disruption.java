package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;

/**
 * Something done to a pod that clients might notice, and why. It changes no topology itself: what
 * comes of it is seen in the next observations.
 */
public sealed interface Disruption {

  /**
   * Delete a pod; its StatefulSet makes another one of the present template.
   *
   * @param uid the pod that was looked at, and no later one of the same name
   */
  record DeletePod(String pod, String uid, Reason reason, String message) implements Disruption {}

  /**
   * Ask a master to hand its shard over. Asked again for as long as it is wanted.
   *
   * @param epoch the epoch in which {@code from} is master
   */
  record Switchover(int shard, long epoch, NodeId from, NodeId to, Reason reason, String message)
      implements Disruption {}

  Reason reason();

  /** Why, with names, as a sentence. */
  String message();

  /** The disruption's name, for metrics and logs. */
  default String kind() {
    return switch (this) {
      case DeletePod _ -> "delete_pod";
      case Switchover _ -> "switchover";
    };
  }
}
