package dev.kibi.node.lane;

import dev.kibi.node.shard.LogHistory;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.ShardEvent;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replication links of a lane: as master one feed per follower, as follower one link to the
 * master, dialled again for as long as the epoch lasts.
 */
final class Replication implements MasterLink.Host {

  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

  private static final long TRIM_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Lane lane;
  private final NodeIdentity self;
  private final ShardMachine machine;
  private final ReplicationLog log;
  private final SlotStore store;
  private final PeerDialer dialer;
  private final LogApplier applier;
  private final EffectStream images;
  private final NavigableMap<NodeId, FollowerFeed> feeds = new TreeMap<>();
  private @Nullable MasterLink masterLink;
  private @Nullable SpareLink spare;
  private boolean preparing;
  private boolean dialling;
  private long wantedEpoch;
  private long nextDialNanos;
  private boolean leaving;
  private long nextLeaveNanos;
  private long nextTrimNanos;

  Replication(
      Lane lane,
      NodeIdentity self,
      ShardMachine machine,
      ReplicationLog log,
      SlotStore store,
      PeerDialer dialer) {
    this.lane = lane;
    this.self = self;
    this.machine = machine;
    this.log = log;
    this.store = store;
    this.dialer = dialer;
    this.applier = new LogApplier(log, store);
    this.images = new EffectStream(store);
  }

  @Override
  public LogApplier applier() {
    return applier;
  }

  boolean isSnapshotting() {
    return masterLink != null && masterLink.isSnapshotting();
  }

  // ---- as master

  /** A follower asks to be linked; its handler, whether it is taken or turned away. */
  PeerHandler followerLinked(Frame.Follow follow, PeerChannel channel) {
    NodeId node = follow.node();
    if (follow.shard() != self.shard()) {
      return turnedAway(channel, RefusedFrames.Reason.OTHER_SHARD);
    }
    if (follow.epoch() != machine.epoch()) {
      lane.event(new ShardEvent.Nacked(follow.epoch(), node));
      return turnedAway(channel, RefusedFrames.Reason.OTHER_EPOCH);
    }
    LogHistory history = LogHistory.of(follow.history());
    FollowerFeed feed = new FollowerFeed(node, follow.epoch(), channel, log, store, lane.nanos());
    FollowerFeed older = feeds.put(node, feed);
    if (older != null) {
      older.channel().close();
      lane.event(new ShardEvent.FollowerUnlinked(node));
    }
    long common = log.history().commonEnd(log.end(), history, follow.received());
    boolean kept = log.reachesBackTo(common);
    lane.event(
        new ShardEvent.FollowRequested(node, follow.epoch(), common, follow.applied(), kept));
    return new FollowerLink(feed);
  }

  /** A link it has already is not touched: this one may be older than that. */
  private PeerHandler turnedAway(PeerChannel channel, RefusedFrames.Reason reason) {
    lane.refusedFrames().count(reason);
    sayNewer(channel);
    return ClosedLink.of(channel);
  }

  void resume(NodeId node, long lsn) {
    FollowerFeed feed = feeds.get(node);
    if (feed != null) {
      LOG.info("follower {} goes on from LSN {}", node, lsn);
      feed.resumeAt(lsn);
      pump(feed);
      feed.heartbeat(machine.commitLsn(), lane.nanos()); // its answer is the first lease
    }
  }

  void snapshot(NodeId node) {
    FollowerFeed feed = feeds.get(node);
    if (feed != null) {
      LOG.info("follower {} copies the shard, log from LSN {}", node, log.end());
      feed.beginSnapshot();
      pump(feed);
    }
  }

  void refuse(NodeId node) {
    FollowerFeed feed = feeds.remove(node);
    if (feed != null) {
      sayNewer(feed.channel());
      feed.channel().close();
    }
  }

  void drop(NodeId node) {
    FollowerFeed feed = feeds.remove(node);
    if (feed != null) {
      feed.channel().close();
    }
  }

  void dropAll() {
    List.copyOf(feeds.keySet()).forEach(this::drop);
  }

  /** Tells every follower of a topology that ends this node's epoch, before its link closes. */
  void announce(Topology topology) {
    feeds.values().forEach(feed -> feed.channel().send(new Frame.TopologyPush(topology)));
  }

  /** A message of a newer epoch carries its topology. */
  private void sayNewer(PeerChannel channel) {
    machine.topology().ifPresent(topology -> channel.send(new Frame.TopologyPush(topology)));
    channel.send(new Frame.Nack(self.shard(), machine.epoch(), self.id()));
  }

  /** Sends what the log has gained. */
  void pumpAll() {
    List.copyOf(feeds.values()).forEach(this::pump);
  }

  void heartbeatAll() {
    for (FollowerFeed feed : List.copyOf(feeds.values())) {
      pump(feed);
      boolean answers = lane.nanos() - feed.answeredAt() <= lane.timers().shrink();
      if (answers || feed.channel().writable()) { // else they would pile up for as long as he lives
        feed.heartbeat(machine.commitLsn(), lane.nanos());
      }
    }
  }

  /**
   * The bytes that the slowest follower has not been sent, of those that have answered since then.
   * Nobody is waited for who is silent: he copies the shard when he is back.
   */
  long largestLagBytes(long answeredSince) {
    long largest = 0;
    for (FollowerFeed feed : feeds.values()) {
      if (feed.answeredAt() - answeredSince >= 0) {
        largest = Math.max(largest, feed.lagBytes());
      }
    }
    return largest;
  }

  /** The oldest LSN that somebody here still has to be sent, or to apply. */
  private long neededLsn() {
    long needed = applier.fedLsn();
    for (FollowerFeed feed : feeds.values()) {
      needed = Math.min(needed, feed.sentLsn());
    }
    return needed;
  }

  /**
   * Opens the link that this node will follow another by, before its shard is handed over; {@code
   * ready} is told once when it is open, or cannot be. Meanwhile nothing else is prepared.
   */
  void prepareToFollow(NodeId node, Runnable ready) {
    NodeInfo info = machine.topology().flatMap(topology -> topology.node(node)).orElse(null);
    if (info == null || (spare != null && spare.leadsTo(node))) {
      ready.run();
    } else if (!preparing) {
      preparing = true;
      dialer.dial(
          info.address(),
          channel -> {
            closeSpare();
            SpareLink link = new SpareLink(node, channel, lane.nanos());
            spare = link;
            lane.later(() -> prepared(ready));
            return link;
          },
          _ -> prepared(ready));
    }
  }

  private void prepared(Runnable ready) {
    preparing = false;
    ready.run();
  }

  private void closeSpare() {
    if (spare != null) {
      spare.close();
      spare = null;
    }
  }

  private void pump(FollowerFeed feed) {
    try {
      if (feed.pump(machine.commitLsn(), lane.nanos())) {
        lane.event(new ShardEvent.SnapshotSent(feed.node()));
      }
    } catch (BacklogOverrunException e) {
      LOG.warn("follower {}: {}", feed.node(), e.getMessage());
      drop(feed.node());
      lane.event(new ShardEvent.FollowerUnlinked(feed.node()));
    }
  }

  private final class FollowerLink implements PeerHandler {

    private final FollowerFeed feed;

    FollowerLink(FollowerFeed feed) {
      this.feed = feed;
    }

    @Override
    public void frame(Frame frame) {
      switch (frame) {
        case Frame.Ack ack when ack.node().equals(feed.node()) -> acked(ack);
        case Frame.Leave leave when leave.node().equals(feed.node()) ->
            lane.event(new ShardEvent.FollowerLeaves(leave.node()));
        case Frame.TopologyPush push -> lane.learn(push.topology());
        case Frame.Nack nack when nack.shard() == self.shard() ->
            lane.event(new ShardEvent.Nacked(nack.epoch(), nack.node()));
        default -> {
          LOG.warn(
              "follower {}: unexpected {} (expected: its Ack)",
              feed.node(),
              frame.getClass().getSimpleName());
          lane.refusedFrames().count(RefusedFrames.Reason.UNEXPECTED);
          feed.channel().close();
          closed();
        }
      }
    }

    private void acked(Frame.Ack ack) {
      if (ack.epoch() != machine.epoch()) {
        lane.refusedFrames().count(RefusedFrames.Reason.OTHER_EPOCH);
      } else {
        feed.answered(lane.nanos());
        lane.event(new ShardEvent.Acked(ack.node(), ack.epoch(), ack.lsn(), ack.sentAtNanos()));
      }
    }

    @Override
    public void drained() {
      if (feeds.get(feed.node()) == feed) {
        pump(feed);
      }
    }

    @Override
    public void closed() {
      if (feeds.remove(feed.node(), feed)) {
        lane.event(new ShardEvent.FollowerUnlinked(feed.node()));
        probe(feed.node());
      }
    }
  }

  /**
   * A follower whose link broke and whose port refuses is taken out at once, not after its silence.
   */
  private void probe(NodeId node) {
    machine
        .topology()
        .flatMap(topology -> topology.node(node))
        .ifPresent(info ->
            dialer.dial(
                info.address(),
                ClosedLink::of,
                failure -> {
                  if (failure == PeerDialer.Failure.REFUSED) {
                    lane.event(new ShardEvent.FollowerRefused(node));
                  }
                }));
  }

  // ---- as follower

  void follow(long epoch) {
    stopFollowing();
    wantedEpoch = epoch;
    dial();
  }

  void stopFollowing() {
    machine.topology().ifPresent(this::stopFollowing);
  }

  /** Follows nobody any more; a master of an epoch that is over is told by what. */
  void stopFollowing(Topology newest) {
    wantedEpoch = 0;
    MasterLink link = masterLink;
    if (link != null) {
      long epoch = newest.shardOf(self.id()).map(Shard::epoch).orElse(0L);
      if (epoch > link.epoch()) {
        link.channel().send(new Frame.TopologyPush(newest));
        link.channel().send(new Frame.Nack(self.shard(), epoch, self.id()));
      }
      link.close();
      forget(link);
    }
  }

  /** The process is about to end: every master is told so as soon as it is linked. */
  void leaving() {
    leaving = true;
  }

  /** Asks the master to take this node out of the in-sync set, once per heartbeat. */
  void askToLeave() {
    MasterLink link = masterLink;
    if (link != null && lane.nanos() - nextLeaveNanos >= 0) {
      nextLeaveNanos = lane.nanos() + lane.timers().heartbeat();
      link.leave();
    }
  }

  /**
   * Dials again where a link is wanted and missing, closes one that was not wanted after all, and
   * keeps the log small.
   */
  void tick() {
    if (lane.nanos() - nextTrimNanos >= 0) {
      nextTrimNanos = lane.nanos() + TRIM_NANOS;
      log.trim(neededLsn(), lane.nanos());
    }
    if (spare != null
        && !machine.isHandingOver()
        && lane.nanos() - spare.openedAt() > lane.timers().lease()) {
      closeSpare();
    }
    if (wantedEpoch != 0 && masterLink == null && !dialling && lane.nanos() - nextDialNanos >= 0) {
      dial();
    }
  }

  private void dial() {
    Topology topology = machine.topology().orElse(null);
    Shard shard = machine.shard().orElse(null);
    if (topology == null
        || shard == null
        || shard.epoch() != wantedEpoch
        || shard.master() == null) {
      return;
    }
    NodeInfo master = topology.node(shard.master()).orElseThrow();
    long epoch = wantedEpoch;
    SpareLink ready = spare;
    if (ready != null && ready.leadsTo(master.id())) {
      spare = null;
      ready.use(channel -> linked(channel, master.id().podUid(), shard.id(), epoch));
      return;
    }
    dialling = true;
    nextDialNanos = lane.nanos() + lane.timers().heartbeat();
    dialer.dial(
        master.address(),
        channel -> linked(channel, master.id().podUid(), shard.id(), epoch),
        failure -> {
          dialling = false;
          if (failure == PeerDialer.Failure.REFUSED && epoch == wantedEpoch) {
            LOG.info("master {} of epoch {} refuses connections", master.pod(), epoch);
            lane.event(new ShardEvent.MasterRefused(epoch));
          }
        });
  }

  private PeerHandler linked(PeerChannel channel, String masterPodUid, int shard, long epoch) {
    dialling = false;
    if (epoch != wantedEpoch || masterLink != null) {
      return ClosedLink.of(channel);
    }
    machine.topology().ifPresent(topology -> channel.send(new Frame.TopologyPush(topology)));
    MasterLink link = new MasterLink(this, channel, log, images, self, masterPodUid, shard, epoch);
    masterLink = link;
    if (leaving) {
      link.leave();
    }
    return link;
  }

  @Override
  public void event(ShardEvent event) {
    lane.event(event);
  }

  @Override
  public void learn(Topology topology) {
    lane.learn(topology);
  }

  @Override
  public RefusedFrames refusedFrames() {
    return lane.refusedFrames();
  }

  @Override
  public boolean promotable() {
    return machine.shard().map(shard -> shard.isPromotable(self.id())).orElse(false);
  }

  @Override
  public void clearStore() {
    store.clear();
  }

  @Override
  public void masterUnlinked(MasterLink link) {
    if (link == masterLink) {
      forget(link);
      if (link.wasAccepted()) {
        dial(); // one immediate reconnect: refused is suspicion without grace
      }
    }
  }

  /**
   * A snapshot that broke off is no state at all: what is there is emptied, so that the next link
   * starts from nothing.
   */
  private void forget(MasterLink link) {
    if (link == masterLink) {
      masterLink = null;
      if (link.isSnapshotting()) {
        store.clear();
        images.reset();
        log.restartAt(0, LogHistory.empty());
        applier.restartAt(0);
      }
    }
  }
}
