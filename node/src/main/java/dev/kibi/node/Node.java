package dev.kibi.node;

import dev.kibi.crds.authority.Authority;
import dev.kibi.node.authority.AuthorityClient;
import dev.kibi.node.authority.ClusterAuthority;
import dev.kibi.node.command.ConfigDefaults;
import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.lane.LaneClock;
import dev.kibi.node.lane.NodeIdentity;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.metrics.TimedAuthority;
import dev.kibi.node.net.NodeServer;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.Timers;
import dev.kibi.node.store.EvictionPolicy;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.node.tls.PeerCertificates;
import dev.kibi.node.tls.TlsRehearsal;
import dev.kibi.protocol.topology.NodeId;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition of a cache node: what is made of what. */
final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final int INCARNATION_BYTES = 8;
  private static final long CLOSE_SECONDS_MAX = 5;

  /** Well within the 30 seconds that Kubernetes gives a pod by default. */
  private static final long LEAVE_SECONDS_MAX = 10;

  private final NodeConfig config;
  private final PrometheusMeterRegistry metrics;
  private final NodeIdentity identity;
  private final @Nullable PeerCertificates certificates;
  private final NodeServer server;
  private final AuthorityClient authority;
  private volatile @Nullable Lane lane;
  private final RefusedFrames refused = new RefusedFrames();
  private final SecureRandom random = new SecureRandom();

  /**
   * A node that is not started.
   *
   * @throws IOException when its certificates cannot be used
   */
  Node(NodeConfig config, PrometheusMeterRegistry metrics) throws IOException {
    this.config = config;
    this.metrics = metrics;
    byte[] incarnation = new byte[INCARNATION_BYTES];
    random.nextBytes(incarnation);
    this.identity =
        new NodeIdentity(
            config.clusterUid(),
            new NodeId(config.podUid(), HexFormat.of().formatHex(incarnation)),
            config.pod(),
            config.host(),
            config.address(),
            config.shard(),
            config.clientPort(),
            config.peerPort());
    this.certificates =
        config.peerTlsDirectory().isEmpty()
            ? null
            : PeerCertificates.read(Path.of(config.peerTlsDirectory()), config.clusterUid());
    this.server =
        new NodeServer(
            new NodeServer.Ports(
                config.bind(), config.clientPort(), config.peerPort(), config.httpPort()),
            Duration.ofNanos(timers().grace()),
            refused,
            certificates);
    Authority door =
        config.standalone()
            ? ClusterAuthority.standalone(identity)
            : ClusterAuthority.kubernetes(
                config.namespace(), config.cluster(), config.clusterUid());
    this.authority = new AuthorityClient(new TimedAuthority(door, metrics), server.laneExecutor());
  }

  NodeId id() {
    return identity.id();
  }

  /** Of its peer links, if they are encrypted. */
  Optional<PeerCertificates> certificates() {
    return Optional.ofNullable(certificates);
  }

  /**
   * Opens the ports, then learns of the topology; the node is ready when the topology makes it a
   * member.
   */
  CompletionStage<Lane> start() {
    LiveConfig live =
        ConfigDefaults.of(
            config.bind(),
            config.clientPort(),
            config.maxMemoryBytes(),
            config.evictionPolicy().policyName(),
            config.password());
    return server
        .start(dialer -> new Lane(parts(live, dialer)), live, metrics)
        .thenApply(started -> {
          lane = started;
          authority.start(started);
          certificates().map(PeerCertificates::current).ifPresent(TlsRehearsal::begin);
          return started;
        });
  }

  /**
   * Hands the shard over or leaves the in-sync set, and sends clients where it is served; returns
   * once that is done, or after {@link #LEAVE_SECONDS_MAX}. Whether it was done in time.
   */
  boolean leave() {
    Lane leaving = lane;
    if (leaving == null) {
      return true;
    }
    CountDownLatch gone = new CountDownLatch(1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVE_SECONDS_MAX);
    server.laneExecutor().execute(() -> leaving.leave(deadline, gone::countDown));
    try {
      return gone.await(LEAVE_SECONDS_MAX + CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Lane.Parts parts(LiveConfig live, PeerDialer dialer) {
    SlotStore store = new SlotStore(random.nextLong());
    ReplicationLog log = new ReplicationLog(config.backlogBytesMax());
    Keyspace keyspace = new Keyspace(store, log, new SplittableRandom(random.nextLong()));
    limitMemory(live, keyspace);
    return new Lane.Parts(
        identity,
        timers(),
        LaneClock.system(),
        server.laneExecutor(),
        store,
        keyspace,
        log,
        config.backlogBytesMax() / 2,
        Commands.table(),
        live,
        authority,
        dialer,
        refused);
  }

  /** The limit and the policy can be changed while the node runs (CONFIG SET). */
  private void limitMemory(LiveConfig live, Keyspace keyspace) {
    Runnable apply =
        () ->
            keyspace.limit(
                live.number("maxmemory"),
                EvictionPolicy.named(live.get("maxmemory-policy")).orElseThrow());
    live.onChange("maxmemory", _ -> apply.run());
    live.onChange("maxmemory-policy", _ -> apply.run());
  }

  private Timers timers() {
    return Timers.scaledBy(config.timerFactor());
  }

  @Override
  public void close() {
    authority.close();
    try {
      server.close().toCompletableFuture().get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("sockets not closed: {}", e.toString());
    }
  }
}
