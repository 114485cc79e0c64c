package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;

/** An operator's control link: topologies come in, reports go out. */
final class OperatorLink implements PeerHandler {

  private final PeerChannel channel;
  private final Lane lane;

  OperatorLink(PeerChannel channel, Lane lane) {
    this.channel = channel;
    this.lane = lane;
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
      case Frame.TopologyPush push -> lane.learn(push.topology());
      case Frame.Switchover switchover -> lane.switchover(switchover);
      default -> {
        lane.refusedFrames().count(RefusedFrames.Reason.UNEXPECTED);
        channel.close();
        closed();
      }
    }
  }

  @Override
  public void closed() {
    lane.operatorLinkClosed(this);
  }
}
