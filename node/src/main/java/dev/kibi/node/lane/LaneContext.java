package dev.kibi.node.lane;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClientPause;
import dev.kibi.node.command.ClientRegistry;
import dev.kibi.node.command.Endpoint;
import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.command.NodeContext;
import dev.kibi.node.command.ReplicaStatus;
import dev.kibi.node.command.Session;
import dev.kibi.node.shard.FollowerView;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What commands see of the lane and its node. */
final class LaneContext implements NodeContext {

  private final Lane lane;
  private final NodeIdentity self;
  private final ShardMachine machine;
  private final LaneClock clock;
  private final LiveConfig config;
  private final ClientRegistry clients = new ClientRegistry();
  private final ClientPause pause = new ClientPause();
  private final LongAdder inputBytes = new LongAdder();
  private final LongAdder outputBytes = new LongAdder();
  private final long startedAtMs;

  LaneContext(
      Lane lane, NodeIdentity self, ShardMachine machine, LaneClock clock, LiveConfig config) {
    this.lane = lane;
    this.self = self;
    this.machine = machine;
    this.clock = clock;
    this.config = config;
    this.startedAtMs = clock.millis();
  }

  void traffic(long in, long out) {
    inputBytes.add(in);
    outputBytes.add(out);
  }

  @Override
  public @Nullable Topology topology() {
    return machine.topology().orElse(null);
  }

  @Override
  public NodeId self() {
    return self.id();
  }

  @Override
  public int shardId() {
    return machine.shard().map(shard -> shard.id()).orElse(self.shard());
  }

  @Override
  public boolean master() {
    return lane.isOpenMaster();
  }

  @Override
  public boolean masterLinkUp() {
    return machine.hearsMaster();
  }

  @Override
  public long masterLastHeardMs() {
    return machine.hearsMaster() ? toMillis(machine.heardAt()) : 0;
  }

  @Override
  public long replicationOffset() {
    return lane.replicationOffset();
  }

  @Override
  public List<ReplicaStatus> replicas() {
    return machine.followers().stream()
        .filter(FollowerView::linked)
        .map(f -> new ReplicaStatus(f.node(), f.acked(), f.inSync(), toMillis(f.heardAt())))
        .toList();
  }

  @Override
  public Endpoint endpointOf(NodeInfo node) {
    return new Endpoint(node.address(), self.clientPort(), self.peerPort());
  }

  @Override
  public ClientRegistry clients() {
    return clients;
  }

  @Override
  public ClientPause pause() {
    return pause;
  }

  @Override
  public LiveConfig config() {
    return config;
  }

  @Override
  public long startedAtMs() {
    return startedAtMs;
  }

  @Override
  public TrafficTotals traffic() {
    return new TrafficTotals(inputBytes.sum(), outputBytes.sum());
  }

  @Override
  public void awaitReplicas(Call call, int replicas, long timeoutMs) {
    lane.awaitReplicas(call.session(), replicas, timeoutMs);
    call.block();
  }

  @Override
  public boolean unblock(Session session, boolean withError) {
    return lane.unblock(session, withError);
  }

  /**
   * Closes clients that have sent nothing for longer than the {@code timeout} setting, 0 for never.
   */
  void closeIdleClients() {
    long timeoutMs = TimeUnit.SECONDS.toMillis(config.number("timeout"));
    if (timeoutMs == 0) {
      return;
    }
    long now = clock.millis();
    for (Session session : clients.sessions()) {
      if (!session.blocked() && now - session.lastActiveMs() > timeoutMs) {
        session.link().close();
      }
    }
  }

  private long toMillis(long nanos) {
    return clock.millis() - TimeUnit.NANOSECONDS.toMillis(clock.nanos() - nanos);
  }
}
