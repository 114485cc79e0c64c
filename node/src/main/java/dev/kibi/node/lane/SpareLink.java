package dev.kibi.node.lane;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.wire.Frame;
import java.util.function.Function;

/**
 * A link that was opened before it is needed, to the node that this one is about to hand its shard
 * over to: the new master's first write waits for this node to follow, and to shake hands takes
 * longer than all the rest. Nothing is sent on it until it is used.
 */
final class SpareLink extends UnclaimedLink {
  private final NodeId to;
  private final PeerChannel channel;
  private final long openedAt;
  private boolean closed;

  SpareLink(NodeId to, PeerChannel channel, long openedAt) {
    this.to = to;
    this.channel = channel;
    this.openedAt = openedAt;
  }

  /** Whether it leads to this node, and is there still. */
  boolean leadsTo(NodeId node) {
    return !closed && to.equals(node);
  }

  long openedAt() {
    return openedAt;
  }

  /** From now on it is somebody's link, as if it had been opened for it. */
  void use(Function<PeerChannel, PeerHandler> opened) {
    claimedBy(opened.apply(channel));
  }

  void close() {
    closed = true;
    channel.close();
  }

  @Override
  void unclaimed(Frame frame) {
    close(); // Nobody has been asked for anything.
  }

  @Override
  public void closed() {
    closed = true;
    super.closed();
  }
}
