package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;

/** An operator's control link: topologies come in, reports go out. */
final class OperatorLink implements PeerHandler {

  private final PeerChannel channel;
  private final LanePeers peers;

  OperatorLink(PeerChannel channel, LanePeers peers) {
    this.channel = channel;
    this.peers = peers;
  }

  /** Sends the report unless the operator does not read. */
  void report(NodeReport report) {
    if (channel.writable()) {
      channel.send(new Frame.Report(report));
    }
  }

  @Override
  public void frame(Frame frame) {
    switch (frame) {
      case Frame.TopologyPush push -> peers.learn(push.topology());
      case Frame.Switchover switchover -> peers.switchover(switchover);
      default -> {
        peers.refuse(RefusedFrames.Reason.UNEXPECTED);
        channel.close();
        closed();
      }
    }
  }

  @Override
  public void closed() {
    peers.operatorLinkClosed(this);
  }
}
