package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first moment of an accepted link: its first frame says what it is for. A topology may come
 * before it, so that what follows is understood.
 */
final class PeerGreeter extends UnclaimedLink {

  private static final Logger LOG = LoggerFactory.getLogger(PeerGreeter.class);

  private final PeerChannel channel;
  private final LanePeers peers;

  PeerGreeter(PeerChannel channel, LanePeers peers) {
    this.channel = channel;
    this.peers = peers;
  }

  @Override
  void unclaimed(Frame frame) {
    if (frame instanceof Frame.TopologyPush push) {
      peers.learn(push.topology());
      return;
    }
    if (!(frame instanceof Frame.Opening opening)) {
      refuse(RefusedFrames.Reason.UNEXPECTED, frame.getClass().getSimpleName());
      return;
    }
    Optional<RefusedFrames.Reason> refusal = peers.refusal(opening, channel);
    if (refusal.isPresent()) {
      refuse(refusal.get(), String.valueOf(opening));
      return;
    }
    claimedBy(
        switch (opening) {
          case Frame.OperatorHello _ -> peers.operatorLinked(channel);
          case Frame.Follow follow -> peers.followerLinked(follow, channel);
          case Frame.MoveBegin begin -> peers.moveLinked(begin, channel);
        });
  }

  private void refuse(RefusedFrames.Reason reason, String what) {
    peers.refuse(reason);
    LOG.warn(
        "link from {}: {}: begins with {} (expected: OperatorHello, Follow or MoveBegin for this"
            + " node, from its cluster)",
        channel.remote(),
        reason,
        what);
    channel.close();
  }
}
