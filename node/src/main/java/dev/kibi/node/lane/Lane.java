package dev.kibi.node.lane;

import dev.kibi.node.command.CommandTable;
import dev.kibi.node.command.Dispatcher;
import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.command.NodeContext;
import dev.kibi.node.command.Session;
import dev.kibi.node.shard.MoveEvent;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.ShardEffect;
import dev.kibi.node.shard.ShardEvent;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.node.shard.Timers;
import dev.kibi.node.shard.TopologyChange;
import dev.kibi.node.shard.TopologyWriter;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's share of the node: the single writer of its slots. It feeds the pure machines
 * with what happens and does what they answer. Everything here runs on the lane's thread; nothing
 * blocks.
 *
 * <p>Clients come through {@link #dispatcher}, peers and operators through {@link #accept},
 * topologies through {@link #install}, time through {@link #tick}.
 */
public final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int EXPIRY_BUDGET = 200;

  private final NodeIdentity self;
  private final Timers timers;
  private final LaneClock clock;
  private final Executor executor;
  private final Keyspace keyspace;
  private final ReplicationLog log;
  private final ShardMachine machine;
  private final Replication replication;
  private final MoveTraffic moves;
  private final TopologyRequests requests;
  private final RoutingTable routing;
  private final LaneContext context;
  private final Dispatcher dispatcher;
  private final RefusedFrames refused;
  private final OwnedSlots slots;
  private final LaneServing serving;
  private final LaneClients clients;
  private final LaneReports reports;
  private final LaneDeparture departure;
  private final LanePeers peers;
  private boolean retrySoon;
  private long heartbeatNanos;
  private long knownLogEnd;
  private volatile long tickedAt;

  /** What a lane is made of. */
  public record Parts(
      NodeIdentity self,
      Timers timers,
      LaneClock clock,
      Executor executor,
      SlotStore store,
      Keyspace keyspace,
      ReplicationLog log,
      long lagBytesMax,
      CommandTable table,
      LiveConfig config,
      AuthorityPort authority,
      PeerDialer dialer,
      RefusedFrames refused) {}

  public Lane(Parts parts) {
    self = parts.self();
    timers = parts.timers();
    clock = parts.clock();
    executor = parts.executor();
    refused = parts.refused();
    SlotStore store = parts.store();
    keyspace = parts.keyspace();
    log = parts.log();
    machine = new ShardMachine(self.id(), timers);
    replication = new Replication(this, self, machine, log, store, parts.dialer());
    serving = new LaneServing(machine, replication, timers, parts.lagBytesMax(), clock.nanos());
    routing = new RoutingTable(serving, self.clientPort());
    moves = new MoveTraffic(this, self, machine, log, store, routing, parts.dialer());
    requests = new TopologyRequests(parts.authority(), self);
    context = new LaneContext(this, self, machine, clock, parts.config());
    dispatcher = new Dispatcher(parts.table(), context, routing, keyspace, clock::nanos);
    slots = new OwnedSlots(store, keyspace);
    clients = new LaneClients(machine, log, clock);
    departure = new LaneDeparture(this, self, machine, replication);
    keyspace.master(false);
    reports = new LaneReports(self, machine, keyspace, store, log, replication, departure, clock);
    peers = new LanePeers(this, self, machine, replication, moves, reports);
  }

  // ---- clients

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public NodeContext context() {
    return context;
  }

  /** A client whose command could not run yet; it is offered again when that may have changed. */
  public void park(LaneClient client) {
    clients.waiting().park(client);
  }

  /** A client whose replies wait for a commit. */
  public void awaitCommit(LaneClient client) {
    clients.waiting().awaitCommit(client);
  }

  /** The batch of commands that starts here sees this time. */
  public long beginBatch() {
    serving.at(clock.nanos());
    dispatcher.beginBatch();
    return clock.millis();
  }

  /**
   * The LSN that must be committed before the last command's reply may leave; 0 when nothing must.
   */
  public long replyLsn() {
    return clients.replyLsn(dispatcher.requiredLsn());
  }

  /** How far the log is committed; replies up to here may leave. */
  public long commitLsn() {
    return clients.commitLsn();
  }

  /**
   * The batch is over: what it wrote goes out. Only a master's batches write; a replica's log grows
   * by what it receives, which is not executed here and still has to be applied.
   */
  public void logGrew() {
    if (isOpenMaster() && log.end() != knownLogEnd) {
      knownLogEnd = log.end();
      replication.applier().executedTo(log.end());
      event(new ShardEvent.Appended(log.end()));
      replication.pumpAll();
    }
  }

  public void clientGone(LaneClient client) {
    clients.waiting().forget(client);
  }

  public void traffic(long inputBytes, long outputBytes) {
    context.traffic(inputBytes, outputBytes);
  }

  void awaitReplicas(Session session, int replicas, long timeoutMs) {
    if (session.link() instanceof LaneClient client) {
      clients.awaitReplicas(client, replicas, timeoutMs);
      later(clients::answerWaiters);
    }
  }

  boolean unblock(Session session, boolean withError) {
    return clients.unblock(session, withError);
  }

  // ---- peers

  /** The handler of a link that another node or an operator opened. */
  public PeerHandler accept(PeerChannel channel) {
    return new PeerGreeter(channel, peers);
  }

  /** An operator asks this node to hand its shard over. */
  void switchover(Frame.Switchover asked) {
    peers.switchover(asked);
  }

  void tellCaughtUp() {
    moves.tellCaughtUp();
  }

  void moveLinkClosed(IncomingMoveLink link) {
    moves.closed(link);
  }

  // ---- the topology

  /** Takes what the authority answered, unless it is of another cluster or known already. */
  public void install(Topology topology) {
    learn(topology);
    if (topology.clusterUid().equals(self.clusterUid())) {
      event(new ShardEvent.AuthoritySeen());
    }
  }

  /** Takes a topology, from wherever, unless it is of another cluster or known already. */
  void learn(Topology topology) {
    if (!topology.clusterUid().equals(self.clusterUid())) {
      LOG.error(
          "topology of cluster {} (expected: {}): refused",
          topology.clusterUid(),
          self.clusterUid());
      refused.count(RefusedFrames.Reason.OTHER_CLUSTER);
      return;
    }
    long known = machine.topology().map(Topology::version).orElse(0L);
    if (topology.version() <= known) {
      return;
    }
    if (isOpenMaster() && !isEpochOf(topology)) {
      replication.announce(topology);
      clients.mastershipEnds();
    }
    prepareToLead(topology);
    event(new ShardEvent.Installed(topology));
    requests.installed(topology);
    routing.install(topology, self.id());
    slots.show(
        machine.shard().map(shard -> topology.slots().slotsOf(shard.id())).orElse(SlotSet.EMPTY));
    moves.installed(topology, isOpenMaster());
    clearForeignSlots(topology);
    departure.step();
    clients.waiting().retryParked();
    requestChanges();
    reports.tell();
  }

  /** Whether this node leads in a topology, in the epoch it leads in now. */
  private boolean isEpochOf(Topology topology) {
    return topology
        .shardOf(self.id())
        .filter(shard -> shard.isMaster(self.id()) && shard.epoch() == machine.epoch())
        .isPresent();
  }

  /**
   * A new master's log ends with a whole effect, and everything in it is applied, before its epoch
   * begins.
   */
  private void prepareToLead(Topology topology) {
    boolean leads =
        topology.shardOf(self.id()).filter(shard -> shard.isMaster(self.id())).isPresent();
    if (leads && machine.role() != NodeRole.MASTER && machine.role() != NodeRole.OPENING) {
      replication.stopFollowing(topology);
      replication.applier().finish();
      knownLogEnd = log.end();
      event(new ShardEvent.Appended(log.end()));
    }
  }

  private void clearForeignSlots(Topology topology) {
    if (isOpenMaster()) {
      slots.clearForeign(topology, machine.shard().orElseThrow().id());
      logGrew();
    }
  }

  /** Tries to write what this node wants into the topology. */
  void requestChanges() {
    Topology topology = machine.topology().orElse(null);
    if (topology == null) {
      return;
    }
    List<TopologyChange> wanted = new ArrayList<>(moves.wanted());
    wanted.addAll(machine.wanted(clock.nanos()));
    List<TopologyChange> sent = requests.request(topology, wanted);
    if (!sent.isEmpty()) {
      event(new ShardEvent.ChangesSent(sent));
      moves.event(new MoveEvent.ChangesSent(sent));
    }
  }

  /** The authority will never store this request. */
  public void refused(TopologyWriter.Request request, String reason) {
    LOG.error("topology change {} refused for ever: {}", request.changes(), reason);
    requests.refused(request);
    event(new ShardEvent.ChangesRefused());
  }

  // ---- time

  /** To be called every few milliseconds. */
  public void tick() {
    if (machine.isBroken()) {
      return; // it serves nothing any more, and liveness, which looks at the last tick, ends it
    }
    long now = clock.nanos();
    tickedAt = now;
    serving.at(now);
    boolean servedBefore = serving.isServing(now);
    event(new ShardEvent.Tick());
    moves.tick();
    replication.tick();
    if (serving.isServing(now)) {
      keyspace.expireCycle(clock.millis(), EXPIRY_BUDGET);
      logGrew();
    }
    departure.step();
    requestChanges();
    if (now - heartbeatNanos >= 0) {
      heartbeatNanos = now + timers.heartbeat();
      heartbeat();
    }
    clients.answerWaiters();
    serving.note(servedBefore, now);
    clients.waiting().retryParked();
  }

  private void heartbeat() {
    replication.heartbeatAll();
    context.closeIdleClients();
    reports.tell();
  }

  /**
   * The process is about to end: hand the shard over or leave the in-sync set, send clients where
   * it is served, then run {@code gone}; at {@code deadlineNanos} of this lane's clock at the
   * latest.
   */
  public void leave(long deadlineNanos, Runnable gone) {
    departure.begin(deadlineNanos, gone);
    reports.tell();
  }

  // ---- the machine

  void event(ShardEvent event) {
    NodeRole before = machine.role();
    List<NodeId> suspectsBefore = machine.suspects();
    List<ShardEffect> effects = machine.step(event, clock.nanos());
    effects.forEach(this::perform);
    if (machine.role() != before) {
      LOG.info("role {} -> {} in epoch {}", before, machine.role(), machine.epoch());
      reports.tell();
    } else if (!machine.suspects().equals(suspectsBefore)) {
      LOG.info(
          "suspects {} (before: {}) in epoch {}",
          machine.suspects(),
          suspectsBefore,
          machine.epoch());
      reports.tell();
    }
    if (machine.isHandingOver() || isUrgent(event)) {
      requestChanges(); // somebody waits for it: at once, not at the next tick
    }
  }

  private static boolean isUrgent(ShardEvent event) {
    return event instanceof ShardEvent.FollowerLeaves
        || event instanceof ShardEvent.FollowerRefused;
  }

  private void perform(ShardEffect effect) {
    switch (effect) {
      case ShardEffect.BeginEpoch begin -> {
        log.beginEpoch(begin.epoch());
        keyspace.presumeChanged();
        serving.epochBegan(clock.nanos());
        LOG.info("master of epoch {} from LSN {}", begin.epoch(), log.end());
      }
      case ShardEffect.Open _ -> opened();
      case ShardEffect.StepDown stepDown -> {
        LOG.info("epoch {} as master has ended at LSN {}", stepDown.epoch(), log.end());
        keyspace.master(false);
        replication.applier().executedTo(log.end());
        if (machine.shard().filter(Shard::handover).isPresent()) {
          serving.handedOver(clock.nanos());
        }
        clients.waiting().cutOff();
        replication.dropAll();
      }
      case ShardEffect.Follow follow -> replication.follow(follow.epoch());
      case ShardEffect.StopFollowing _ -> replication.stopFollowing();
      case ShardEffect.ResumeFollower resume -> replication.resume(resume.node(), resume.lsn());
      case ShardEffect.SnapshotFollower snapshot -> replication.snapshot(snapshot.node());
      case ShardEffect.RefuseFollower refuse -> replication.refuse(refuse.node());
      case ShardEffect.DropFollower drop -> replication.drop(drop.node());
      case ShardEffect.Committed committed -> committed(committed.lsn());
      case ShardEffect.Refresh _ -> requests.refresh();
    }
  }

  private void opened() {
    keyspace.master(true);
    later(() ->
        machine // as it is then: a move may have been planned, and begun, meanwhile
            .topology()
            .ifPresent(topology -> {
              moves.installed(topology, isOpenMaster());
              clearForeignSlots(topology);
            }));
    retryParkedSoon();
  }

  private void committed(long lsn) {
    if (machine.role() == NodeRole.MASTER || machine.role() == NodeRole.OPENING) {
      clients.waiting().committed(lsn);
      moves.committed(lsn);
    } else {
      replication.applier().applyTo(lsn);
      retryParkedSoon(); // after a switchover they wait until the new master is heard
    }
  }

  // ---- what others ask

  /** Whether this node is master and every older lease has run out. */
  boolean isOpenMaster() {
    return machine.role() == NodeRole.MASTER;
  }

  /** Whether clients are parked because the shard is being handed over. */
  boolean isHandingOver() {
    return machine.isHandingOver();
  }

  long nanos() {
    return clock.nanos();
  }

  Timers timers() {
    return timers;
  }

  long replicationOffset() {
    return isOpenMaster() ? log.end() : replication.applier().appliedLsn();
  }

  /** Runs something on this lane after what is running now. */
  void later(Runnable task) {
    executor.execute(task);
  }

  /** Offers parked commands again after what is running now, once however often it is asked for. */
  void retryParkedSoon() {
    if (!retrySoon && clients.waiting().hasParked()) {
      retrySoon = true;
      later(() -> {
        retrySoon = false;
        clients.waiting().retryParked();
      });
    }
  }

  /** What the node is and sees, a little old; safe for every thread. */
  public NodeReport report() {
    return reports.latest();
  }

  /** What was refused on peer links. */
  public RefusedFrames refusedFrames() {
    return refused;
  }

  /** When the lane ticked last, in its clock's nanoseconds; safe for every thread. */
  public long tickedAt() {
    return tickedAt;
  }
}
