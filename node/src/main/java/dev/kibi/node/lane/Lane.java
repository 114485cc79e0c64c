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
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

  /**
   * Commands are parked for as many half grace times (1 s by default) while nobody can serve them.
   */
  private static final int PARKED_HALF_GRACES_MAX = 5;

  private final NodeIdentity self;
  private final Timers timers;
  private final LaneClock clock;
  private final Executor executor;
  private final SlotStore store;
  private final Keyspace keyspace;
  private final ReplicationLog log;
  private final ShardMachine machine;
  private final Replication replication;
  private final MoveTraffic moves;
  private final TopologyRequests requests;
  private final RoutingTable routing;
  private final LaneContext context;
  private final Dispatcher dispatcher;
  private final RefusedFrames refused = new RefusedFrames();
  private final WaitingClients waiting = new WaitingClients();
  private final List<OperatorLink> operators = new ArrayList<>();
  private final long lagBytesMax;
  private boolean retrySoon;
  private long batchNanos;
  private long heartbeatNanos;
  private long notServingSince;
  private long knownLogEnd;
  private volatile @Nullable NodeReport report;
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
      PeerDialer dialer) {}

  public Lane(Parts parts) {
    self = parts.self();
    timers = parts.timers();
    clock = parts.clock();
    executor = parts.executor();
    store = parts.store();
    keyspace = parts.keyspace();
    log = parts.log();
    lagBytesMax = parts.lagBytesMax();
    machine = new ShardMachine(self.id(), timers);
    replication = new Replication(this, self, machine, log, store, parts.dialer());
    routing = new RoutingTable(new LaneServing(), self.clientPort());
    moves = new MoveTraffic(this, self, machine, log, store, routing, parts.dialer());
    requests = new TopologyRequests(parts.authority(), self);
    context = new LaneContext(this, self, machine, clock, parts.config());
    dispatcher = new Dispatcher(parts.table(), context, routing, keyspace, clock::nanos);
    store.show(SlotSet.EMPTY);
    keyspace.master(false);
    notServingSince = clock.nanos();
    refreshReport();
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
    waiting.park(client);
  }

  /** A client whose replies wait for a commit. */
  public void awaitCommit(LaneClient client) {
    waiting.awaitCommit(client);
  }

  /** The batch of commands that starts here sees this time. */
  public long beginBatch() {
    batchNanos = clock.nanos();
    dispatcher.beginBatch();
    return clock.millis();
  }

  /**
   * The LSN that must be committed before the last command's reply may leave; 0 when nothing must.
   */
  public long replyLsn() {
    long required = dispatcher.requiredLsn();
    if (required == 0 || isAsync() || !isOpenMaster()) {
      return 0;
    }
    return Math.min(Math.max(required, machine.forkLsn()), log.end());
  }

  /** How far the log is committed; replies up to here may leave. */
  public long commitLsn() {
    return isOpenMaster() && !isAsync() ? machine.commitLsn() : Long.MAX_VALUE;
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
    waiting.forget(client);
  }

  public void traffic(long inputBytes, long outputBytes) {
    context.traffic(inputBytes, outputBytes);
  }

  void awaitReplicas(Session session, int replicas, long timeoutMs) {
    long wait = timeoutMs == 0 ? Long.MAX_VALUE / 2 : TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    if (session.link() instanceof LaneClient client) {
      waiting.await(client, log.end(), replicas, clock.nanos() + wait);
      later(this::answerWaiters);
    }
  }

  boolean unblock(Session session, boolean withError) {
    return session.link() instanceof LaneClient client
        && waiting.unblock(client, withError, replicasWith(log.end()));
  }

  private void answerWaiters() {
    waiting.answerWaiters(this::replicasWith, clock.nanos());
  }

  private int replicasWith(long lsn) {
    return (int) machine.followers().stream().filter(f -> f.linked() && f.acked() >= lsn).count();
  }

  private boolean isAsync() {
    return machine.topology().map(Topology::durability).orElse(Durability.PREFERRED)
        == Durability.ASYNC;
  }

  // ---- peers

  /** The handler of a link that another node or an operator opened. */
  public PeerHandler accept(PeerChannel channel) {
    return new PeerGreeter(channel, this);
  }

  @Nullable PeerHandler operatorLinked(Frame.OperatorHello hello, PeerChannel channel) {
    if (!hello.clusterUid().equals(self.clusterUid())) {
      return null;
    }
    OperatorLink link = new OperatorLink(channel, this);
    operators.add(link);
    link.report(refreshReport());
    return link;
  }

  /** An operator asks this node to hand its shard over. */
  void switchover(Frame.Switchover asked) {
    LOG.info("switchover of shard {} to {} is asked for", asked.shard(), asked.to());
    refused.count(
        asked.shard() == self.shard()
            ? RefusedFrames.Reason.OTHER_EPOCH
            : RefusedFrames.Reason.OTHER_SHARD);
  }

  void operatorLinkClosed(OperatorLink link) {
    operators.remove(link);
  }

  @Nullable PeerHandler followerLinked(Frame.Follow follow, PeerChannel channel) {
    return follow.clusterUid().equals(self.clusterUid())
        ? replication.followerLinked(follow, channel)
        : null;
  }

  @Nullable PeerHandler moveLinked(Frame.MoveBegin begin, PeerChannel channel) {
    return begin.clusterUid().equals(self.clusterUid()) ? moves.linked(begin, channel) : null;
  }

  void tellCaughtUp() {
    moves.tellCaughtUp();
  }

  void moveLinkClosed(IncomingMoveLink link) {
    moves.closed(link);
  }

  // ---- the topology

  /** Takes a topology unless a newer one, or one of another cluster, is what it finds here. */
  public void install(Topology topology) {
    if (!topology.clusterUid().equals(self.clusterUid())) {
      LOG.error(
          "topology of cluster {} (expected: {}): refused",
          topology.clusterUid(),
          self.clusterUid());
      return;
    }
    long known = machine.topology().map(Topology::version).orElse(0L);
    if (topology.version() <= known) {
      return;
    }
    prepareToLead(topology);
    event(new ShardEvent.Installed(topology));
    requests.installed(topology);
    routing.install(topology, self.id());
    showOwnedSlots(topology);
    moves.installed(topology, isOpenMaster());
    clearForeignSlots(topology);
    waiting.retryParked();
    requestChanges();
    tellOperators();
  }

  /**
   * A new master's log ends with a whole effect, and everything in it is applied, before its epoch
   * begins.
   */
  private void prepareToLead(Topology topology) {
    boolean leads =
        topology.shardOf(self.id()).filter(shard -> shard.isMaster(self.id())).isPresent();
    if (leads && machine.role() != NodeRole.MASTER && machine.role() != NodeRole.OPENING) {
      replication.stopFollowing();
      replication.applier().finish();
      knownLogEnd = log.end();
      event(new ShardEvent.Appended(log.end()));
    }
  }

  private void showOwnedSlots(Topology topology) {
    store.show(
        machine.shard().map(shard -> topology.slots().slotsOf(shard.id())).orElse(SlotSet.EMPTY));
  }

  /**
   * A master empties what is neither its shard's nor on its way to it: slots that left, and
   * stagings given up.
   */
  private void clearForeignSlots(Topology topology) {
    if (!isOpenMaster()) {
      return;
    }
    int shard = machine.shard().orElseThrow().id();
    SlotSet kept = topology.slots().slotsOf(shard);
    for (SlotMove move : topology.moves()) {
      kept = move.to() == shard ? kept.union(move.slots()) : kept;
    }
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      if (store.keys(slot) > 0 && !kept.contains(slot)) {
        keyspace.clear(slot);
      }
    }
    logGrew();
  }

  /** Tries to write what this node wants into the topology. */
  void requestChanges() {
    Topology topology = machine.topology().orElse(null);
    if (topology == null) {
      return;
    }
    List<TopologyChange> wanted = new ArrayList<>(machine.wanted(clock.nanos()));
    wanted.addAll(moves.wanted());
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
  }

  // ---- time

  /** To be called every few milliseconds. */
  public void tick() {
    long now = clock.nanos();
    tickedAt = now;
    batchNanos = now;
    boolean servedBefore = isServing();
    event(new ShardEvent.Tick());
    moves.event(new MoveEvent.Tick());
    replication.tick();
    if (isOpenMaster()) {
      keyspace.expireCycle(clock.millis(), EXPIRY_BUDGET);
      logGrew();
    }
    requestChanges();
    if (now - heartbeatNanos >= 0) {
      heartbeatNanos = now + timers.heartbeat();
      heartbeat();
    }
    answerWaiters();
    noteServing(servedBefore, now);
    waiting.retryParked();
  }

  private void heartbeat() {
    replication.heartbeatAll();
    context.closeIdleClients();
    tellOperators();
  }

  private void noteServing(boolean servedBefore, long now) {
    if (isServing() || servedBefore) {
      notServingSince = now;
    }
  }

  // ---- the machine

  void event(ShardEvent event) {
    NodeRole before = machine.role();
    List<NodeId> suspectsBefore = machine.suspects();
    List<ShardEffect> effects = machine.step(event, clock.nanos());
    effects.forEach(this::perform);
    if (machine.role() != before) {
      LOG.info("role {} -> {} in epoch {}", before, machine.role(), machine.epoch());
      tellOperators();
    } else if (!machine.suspects().equals(suspectsBefore)) {
      LOG.info(
          "suspects {} (before: {}) in epoch {}",
          machine.suspects(),
          suspectsBefore,
          machine.epoch());
      tellOperators();
    }
  }

  private void perform(ShardEffect effect) {
    switch (effect) {
      case ShardEffect.BeginEpoch begin -> {
        log.beginEpoch(begin.epoch());
        notServingSince = clock.nanos();
        LOG.info("master of epoch {} from LSN {}", begin.epoch(), log.end());
      }
      case ShardEffect.Open _ -> opened();
      case ShardEffect.StepDown stepDown -> {
        LOG.info("epoch {} as master has ended at LSN {}", stepDown.epoch(), log.end());
        keyspace.master(false);
        replication.applier().executedTo(log.end());
        waiting.cutOff();
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
    machine
        .topology()
        .ifPresent(topology ->
            later(() -> {
              moves.installed(topology, isOpenMaster());
              clearForeignSlots(topology);
            }));
    retryParkedSoon();
  }

  private void committed(long lsn) {
    if (machine.role() == NodeRole.MASTER || machine.role() == NodeRole.OPENING) {
      waiting.committed(lsn);
      moves.committed(lsn);
    } else {
      replication.applier().applyTo(lsn);
    }
  }

  // ---- what others ask

  /** Whether this node is master and every older lease has run out. */
  boolean isOpenMaster() {
    return machine.role() == NodeRole.MASTER;
  }

  private boolean isServing() {
    return isOpenMaster() && machine.servesUntil() - clock.nanos() > 0;
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
    if (!retrySoon && waiting.hasParked()) {
      retrySoon = true;
      later(() -> {
        retrySoon = false;
        waiting.retryParked();
      });
    }
  }

  /** What the node is and sees, a little old; safe for every thread. */
  public NodeReport report() {
    NodeReport current = report;
    return current == null ? refreshReport() : current;
  }

  /** What was refused on peer links. */
  public RefusedFrames refusedFrames() {
    return refused;
  }

  /** When the lane ticked last, in its clock's nanoseconds; safe for every thread. */
  public long tickedAt() {
    return tickedAt;
  }

  private void tellOperators() {
    NodeReport current = refreshReport();
    List.copyOf(operators).forEach(operator -> operator.report(current));
  }

  private NodeReport refreshReport() {
    boolean copying = replication.isSnapshotting();
    NodeReport fresh =
        new NodeReport(
            self.clusterUid(),
            self.id(),
            self.pod(),
            self.host(),
            self.address(),
            self.shard(),
            machine.role(),
            machine.topology().map(Topology::version).orElse(0L),
            copying ? 0 : log.history().lastEpoch(),
            machine.epoch(),
            copying ? 0 : log.end(),
            isOpenMaster() ? machine.commitLsn() : replication.applier().appliedLsn(),
            machine.isReady(clock.nanos()),
            false,
            machine.suspects(),
            store.keys(),
            store.usedBytes(),
            keyspace.maxBytes());
    report = fresh;
    return fresh;
  }

  private final class LaneServing implements RoutingTable.Serving {

    @Override
    public boolean leased() {
      return isOpenMaster() && machine.servesUntil() - batchNanos > 0;
    }

    @Override
    public boolean parkedTooLong() {
      return batchNanos - notServingSince > PARKED_HALF_GRACES_MAX * timers.grace() / 2;
    }

    @Override
    public boolean inSync() {
      return machine.role() == NodeRole.FOLLOWER && machine.hearsMaster();
    }

    @Override
    public boolean writesHeldBack() {
      return replication.largestLagBytes() > lagBytesMax;
    }
  }
}
