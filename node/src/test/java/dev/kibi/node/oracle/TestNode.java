package dev.kibi.node.oracle;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClientPause;
import dev.kibi.node.command.ClientRegistry;
import dev.kibi.node.command.ConfigDefaults;
import dev.kibi.node.command.Endpoint;
import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.command.NodeContext;
import dev.kibi.node.command.ReplicaStatus;
import dev.kibi.node.command.Session;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that is alone in its cluster and master of every slot; what it is can be changed. */
public final class TestNode implements NodeContext {
  public static final NodeId SELF = new NodeId("pod-0", "first");

  public @Nullable Topology topology = alone();
  public boolean master = true;
  public boolean masterLinkUp = true;
  public final List<ReplicaStatus> replicas = new ArrayList<>();

  private final ClientRegistry clients = new ClientRegistry();
  private final ClientPause pause = new ClientPause();
  private final LiveConfig config = ConfigDefaults.of("127.0.0.1", 6379, 0, "noeviction", "");

  /** One shard, one node, all slots. */
  public static Topology alone() {
    return Topology.ofOneNode("cluster-uid", new NodeInfo(SELF, "shop-0-0", "", "127.0.0.1"), 0);
  }

  @Override
  public @Nullable Topology topology() {
    return topology;
  }

  @Override
  public NodeId self() {
    return SELF;
  }

  @Override
  public int shardId() {
    return 0;
  }

  @Override
  public boolean master() {
    return master;
  }

  @Override
  public boolean masterLinkUp() {
    return masterLinkUp;
  }

  @Override
  public long masterLastHeardMs() {
    return 0;
  }

  @Override
  public long replicationOffset() {
    return 0;
  }

  @Override
  public List<ReplicaStatus> replicas() {
    return replicas;
  }

  @Override
  public Endpoint endpointOf(NodeInfo node) {
    return new Endpoint(node.address(), 6379, 16379);
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
    return System.currentTimeMillis();
  }

  @Override
  public TrafficTotals traffic() {
    return new TrafficTotals(0, 0);
  }

  /** Alone, every write has as many acknowledgements as it will get. */
  @Override
  public void awaitReplicas(Call call, int replicas, long timeoutMs) {
    call.reply().integer(0);
  }

  @Override
  public boolean unblock(Session session, boolean withError) {
    return false;
  }
}
