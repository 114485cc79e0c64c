package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.wire.NodeReport;
import org.jspecify.annotations.Nullable;

/**
 * One pod of the cluster and the node in it, as far as they are known.
 *
 * @param name the pod's name, which ends in its ordinal
 * @param uid the pod's uid
 * @param shard the shard it was made for
 * @param state what Kubernetes says of it
 * @param contact how its control link is
 * @param report what its node said last, or null when it has said nothing
 * @param heardAtNanos when it said so, or when listening began; monotonic
 */
public record ObservedPod(
    String name,
    String uid,
    int shard,
    PodState state,
    Contact contact,
    @Nullable NodeReport report,
    long heardAtNanos) {

  /** Its place in the StatefulSet; those with the highest go first when there shall be fewer. */
  public int ordinal() {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  /** The Kubernetes node it runs on, empty before it is scheduled. */
  public String machine() {
    return state.machine();
  }

  /** Whether its deletion has begun, or its process was told to end. */
  public boolean leaving() {
    return state.leaving();
  }

  /** Whether its node is connected and has reported within the grace time. */
  public boolean isHeard(long nowNanos, Timers timers) {
    return contact == Contact.OPEN && report != null && !isSilent(nowNanos, timers.graceNanos());
  }

  /** Whether nothing has been heard for longer than the given time. */
  public boolean isSilent(long nowNanos, long forNanos) {
    return nowNanos - heardAtNanos > forNanos;
  }

  /** Whether the node that reported last from this pod is the given one. */
  public boolean isNode(NodeId node) {
    return report != null && report.node().equals(node);
  }

  /** How its node is reached, from what it reported. */
  static NodeInfo infoOf(NodeReport report) {
    return new NodeInfo(report.node(), report.pod(), report.host(), report.address());
  }
}
