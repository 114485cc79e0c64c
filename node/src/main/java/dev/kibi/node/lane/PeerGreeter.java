package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first moment of an accepted link: its first frame says what it is for. A topology may come
 * before it, so that what follows is understood.
 */
final class PeerGreeter implements PeerHandler {

  private static final Logger LOG = LoggerFactory.getLogger(PeerGreeter.class);

  private final PeerChannel channel;
  private final LanePeers peers;
  private @Nullable PeerHandler user;

  PeerGreeter(PeerChannel channel, LanePeers peers) {
    this.channel = channel;
    this.peers = peers;
  }

  @Override
  public void frame(Frame frame) {
    PeerHandler known = user;
    if (known != null) {
      known.frame(frame);
      return;
    }
    if (frame instanceof Frame.TopologyPush push) {
      peers.learn(push.topology());
      return;
    }
    user =
        switch (frame) {
          case Frame.OperatorHello hello -> peers.operatorLinked(hello, channel);
          case Frame.Follow follow -> peers.followerLinked(follow, channel);
          case Frame.MoveBegin begin -> peers.moveLinked(begin, channel);
          default -> null;
        };
    if (user == null) {
      peers.refuse(reasonToRefuse(frame));
      LOG.warn(
          "link from {}: begins with {} (expected: OperatorHello, Follow or MoveBegin of this"
              + " cluster)",
          channel.remote(),
          frame.getClass().getSimpleName());
      channel.close();
    }
  }

  private static RefusedFrames.Reason reasonToRefuse(Frame frame) {
    return switch (frame) {
      case Frame.OperatorHello _, Frame.Follow _, Frame.MoveBegin _ ->
          RefusedFrames.Reason.OTHER_CLUSTER;
      default -> RefusedFrames.Reason.UNEXPECTED;
    };
  }

  @Override
  public void drained() {
    if (user != null) {
      user.drained();
    }
  }

  @Override
  public void closed() {
    if (user != null) {
      user.closed();
    }
  }
}
