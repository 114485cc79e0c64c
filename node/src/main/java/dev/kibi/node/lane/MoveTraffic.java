package dev.kibi.node.lane;

import dev.kibi.node.shard.IncomingMoves;
import dev.kibi.node.shard.MoveEffect;
import dev.kibi.node.shard.MoveEvent;
import dev.kibi.node.shard.OutgoingMoves;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.node.shard.TopologyChange;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slot moves of a lane and their links: as source one sender per move, as target one link per
 * attempt.
 */
final class MoveTraffic {

  private static final Logger LOG = LoggerFactory.getLogger(MoveTraffic.class);

  private final Lane lane;
  private final NodeIdentity self;
  private final ShardMachine machine;
  private final ReplicationLog log;
  private final SlotStore store;
  private final RoutingTable routing;
  private final PeerDialer dialer;
  private final OutgoingMoves outgoing;
  private final IncomingMoves incoming;
  private final NavigableMap<Long, MoveSender> senders = new TreeMap<>();
  private final List<IncomingMoveLink> links = new ArrayList<>();

  MoveTraffic(
      Lane lane,
      NodeIdentity self,
      ShardMachine machine,
      ReplicationLog log,
      SlotStore store,
      RoutingTable routing,
      PeerDialer dialer) {
    this.lane = lane;
    this.self = self;
    this.machine = machine;
    this.log = log;
    this.store = store;
    this.routing = routing;
    this.dialer = dialer;
    this.outgoing = new OutgoingMoves(lane.timers().copy(), lane.timers().heartbeat() * 2);
    this.incoming = new IncomingMoves(lane.timers().grace());
  }

  List<TopologyChange> wanted() {
    return outgoing.wanted();
  }

  void installed(Topology topology, boolean serving) {
    incoming.installed(topology, serving);
    keepPromises();
    event(new MoveEvent.Installed(topology, self.id(), serving));
  }

  void committed(long lsn) {
    event(new MoveEvent.Committed(machine.epoch(), lsn));
    tellCaughtUp();
  }

  void tick() {
    event(new MoveEvent.Tick());
    keepPromises();
  }

  void event(MoveEvent event) {
    outgoing.step(event, log.end(), lane.nanos()).forEach(this::perform);
  }

  private void perform(MoveEffect effect) {
    switch (effect) {
      case MoveEffect.Fence fence -> routing.fence(fence.slots());
      case MoveEffect.Unfence unfence -> {
        routing.unfence(unfence.slots());
        lane.retryParkedSoon();
      }
      case MoveEffect.Copy copy -> copy(copy.move(), copy.attempt());
      case MoveEffect.StopCopy stop -> {
        MoveSender sender = senders.remove(stop.moveId());
        if (sender != null) {
          sender.close();
        }
      }
    }
  }

  private void copy(SlotMove move, long attempt) {
    Optional<NodeInfo> target =
        machine.topology().flatMap(t -> t.shard(move.to()).map(Shard::master).flatMap(t::node));
    if (target.isEmpty()) {
      lane.later(() -> event(new MoveEvent.Failed(move.id(), attempt)));
      return;
    }
    dialer.dial(
        target.get().address(),
        channel -> {
          if (!outgoing.isCopying(move.id(), attempt)) {
            return ClosedLink.of(channel);
          }
          MoveSender sender =
              new MoveSender(
                  self.clusterUid(),
                  target.get().id().podUid(),
                  move,
                  attempt,
                  channel,
                  store,
                  this::answered);
          MoveSender older = senders.put(move.id(), sender);
          if (older != null) {
            older.close();
          }
          return sender;
        },
        failure -> {
          LOG.info(
              "move {} of slots {}: shard {} is {}", move.id(), move.slots(), move.to(), failure);
          answered(new MoveEvent.Failed(move.id(), attempt));
        });
  }

  private void answered(MoveEvent event) {
    event(event);
    lane.requestChanges();
  }

  // ---- as target

  PeerHandler linked(Frame.MoveBegin begin, PeerChannel channel) {
    IncomingMoveLink link = new IncomingMoveLink(begin, channel, incoming, log, store, lane);
    Optional<String> refusal =
        incoming.begin(begin, machine.topology().orElse(null), self.id(), lane.isOpenMaster());
    if (refusal.isPresent()) {
      channel.send(new Frame.MoveRefused(begin.moveId(), begin.attempt(), refusal.get()));
      channel.close();
    } else {
      links.add(link);
      keepPromises();
    }
    return link;
  }

  void tellCaughtUp() {
    for (Frame.CaughtUp caughtUp : incoming.committed(machine.commitLsn(), lane.nanos())) {
      keepPromises();
      links.stream().filter(link -> link.isFor(caughtUp)).forEach(link -> link.send(caughtUp));
    }
  }

  private void keepPromises() {
    routing.promise(incoming.promised(lane.nanos()));
  }

  void closed(IncomingMoveLink link) {
    links.remove(link);
  }
}
