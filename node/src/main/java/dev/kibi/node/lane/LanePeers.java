package dev.kibi.node.lane;

import dev.kibi.node.shard.ShardEvent;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import org.jspecify.annotations.Nullable;

/** Who may link to a lane and for what; a link of another cluster gets no handler. */
final class LanePeers {

  private final Lane lane;
  private final NodeIdentity self;
  private final ShardMachine machine;
  private final Replication replication;
  private final MoveTraffic moves;
  private final LaneReports reports;

  LanePeers(
      Lane lane,
      NodeIdentity self,
      ShardMachine machine,
      Replication replication,
      MoveTraffic moves,
      LaneReports reports) {
    this.lane = lane;
    this.self = self;
    this.machine = machine;
    this.replication = replication;
    this.moves = moves;
    this.reports = reports;
  }

  @Nullable PeerHandler operatorLinked(Frame.OperatorHello hello, PeerChannel channel) {
    if (!hello.clusterUid().equals(self.clusterUid())) {
      return null;
    }
    OperatorLink link = new OperatorLink(channel, this);
    reports.linked(link);
    return link;
  }

  void operatorLinkClosed(OperatorLink link) {
    reports.unlinked(link);
  }

  @Nullable PeerHandler followerLinked(Frame.Follow follow, PeerChannel channel) {
    return follow.clusterUid().equals(self.clusterUid())
        ? replication.followerLinked(follow, channel)
        : null;
  }

  @Nullable PeerHandler moveLinked(Frame.MoveBegin begin, PeerChannel channel) {
    return begin.clusterUid().equals(self.clusterUid()) ? moves.linked(begin, channel) : null;
  }

  /** An operator asks this node to hand its shard over. */
  void switchover(Frame.Switchover asked) {
    if (asked.shard() != self.shard()) {
      refuse(RefusedFrames.Reason.OTHER_SHARD);
    } else if (asked.epoch() != machine.epoch()) {
      refuse(RefusedFrames.Reason.OTHER_EPOCH);
    } else if (machine.mayHandOverTo(asked.to(), lane.nanos())) {
      lane.event(new ShardEvent.SwitchoverAsked(asked.to(), false));
    } else {
      refuse(RefusedFrames.Reason.UNEXPECTED);
    }
  }

  /** A topology that somebody else knows. */
  void learn(Topology topology) {
    lane.learn(topology);
  }

  /** Something came that has no effect. */
  void refuse(RefusedFrames.Reason reason) {
    lane.refusedFrames().count(reason);
  }
}
