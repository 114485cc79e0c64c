package dev.kibi.node.lane;

import dev.kibi.node.shard.ShardEvent;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.Optional;

/** Who may link to a lane and for what. */
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

  /** Why a link is not taken, if it is not. */
  Optional<RefusedFrames.Reason> refusal(Frame.Opening opening, PeerChannel channel) {
    PeerRole speaksAs = opening instanceof Frame.OperatorHello ? PeerRole.OPERATOR : PeerRole.NODE;
    if (!channel.mayBe(speaksAs)) {
      return Optional.of(RefusedFrames.Reason.OTHER_ROLE);
    }
    if (!opening.clusterUid().equals(self.clusterUid())) {
      return Optional.of(RefusedFrames.Reason.OTHER_CLUSTER);
    }
    return opening.to().equals(self.id().podUid())
        ? Optional.empty()
        : Optional.of(RefusedFrames.Reason.OTHER_NODE);
  }

  PeerHandler operatorLinked(PeerChannel channel) {
    OperatorLink link = new OperatorLink(channel, this);
    reports.linked(link);
    return link;
  }

  void operatorLinkClosed(OperatorLink link) {
    reports.unlinked(link);
  }

  PeerHandler followerLinked(Frame.Follow follow, PeerChannel channel) {
    return replication.followerLinked(follow, channel);
  }

  PeerHandler moveLinked(Frame.MoveBegin begin, PeerChannel channel) {
    return moves.linked(begin, channel);
  }

  /** An operator asks this node to hand its shard over. */
  void switchover(Frame.Switchover asked) {
    if (asked.shard() != self.shard()) {
      refuse(RefusedFrames.Reason.OTHER_SHARD);
    } else if (asked.epoch() != machine.epoch()) {
      refuse(RefusedFrames.Reason.OTHER_EPOCH);
    } else if (machine.mayHandOverTo(asked.to(), lane.nanos())) {
      replication.prepareToFollow(asked.to(), () -> handOver(asked));
    } else {
      refuse(RefusedFrames.Reason.UNEXPECTED);
    }
  }

  /** Unless something has changed since it was asked for. */
  private void handOver(Frame.Switchover asked) {
    if (asked.epoch() == machine.epoch() && machine.mayHandOverTo(asked.to(), lane.nanos())) {
      lane.event(new ShardEvent.SwitchoverAsked(asked.to(), false));
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
