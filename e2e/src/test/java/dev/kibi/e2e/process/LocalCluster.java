package dev.kibi.e2e.process;

import static org.awaitility.Awaitility.await;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.operator.certificate.Holdings;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** A CacheCluster that runs as processes on this machine until it is closed. */
public final class LocalCluster implements AutoCloseable {
  private static final String NAME = "shop";
  private static final String NAMESPACE = "default";
  private static final String OPERATOR = "kibi-operator.jar";

  private static final String MEMORY = "512Mi";

  private static final String MAKE_MASTER =
      "{\"metadata\":{\"annotations\":{\"kibi.dev/make-master\":\"true\"}}}";
  private static final Duration SWITCHOVER_PATIENCE = Duration.ofMinutes(1);

  private final Kibi kibi;
  private final KubernetesClient client;
  private final ProcessHandle daemon;

  private LocalCluster(Kibi kibi) throws IOException {
    this.kibi = kibi;
    this.daemon = kibi.daemon();
    Config config = Config.fromKubeconfig(kibi.kubeconfig().toFile());
    this.client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Returns when the cluster is Ready. */
  static LocalCluster start(int shards, int replicas) throws IOException, InterruptedException {
    return start(shards, replicas, Durability.PREFERRED, Map.of());
  }

  /** The same, with {@code environment} for every program that {@code kibi} starts. */
  public static LocalCluster start(
      int shards, int replicas, Durability durability, Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(shards, replicas, durability, MEMORY, environment);
  }

  /** The same, with {@code memory} as the limit of each pod. */
  static LocalCluster start(
      int shards,
      int replicas,
      Durability durability,
      String memory,
      Map<String, String> environment)
      throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(environment);
    // Nodes die more often here than anywhere; nobody is to wait for them.
    variables.put("KIBI_RESTART_DELAY_MAX", "1");
    Kibi kibi = Kibi.fresh(variables);
    Path file = kibi.state().resolve("cluster.yaml");
    Files.writeString(file, manifest(shards, replicas, durability, memory));
    try {
      kibi.run("up", "--detach", "--file", file.toString());
      return new LocalCluster(kibi);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      kibi.run("down");
      throw e;
    }
  }

  /** How slow the machine is held to be, as {@code kibi up} is told or chooses. */
  public static String timerFactor() {
    return System.getenv().getOrDefault("KIBI_TIMER_FACTOR", "3");
  }

  /** A new directory, beside those where clusters keep their state. */
  public static Path freshDirectory(String prefix) throws IOException {
    return Kibi.freshDirectory(prefix);
  }

  /** A test that writes too much is to be told so, not to lose keys to eviction. */
  private static String manifest(int shards, int replicas, Durability durability, String memory) {
    return """
    apiVersion: kibi.dev/v1alpha1
    kind: CacheCluster
    metadata: {name: %s}
    spec:
      shards: %d
      replicas: %d
      durability: %s
      memory: {evictionPolicy: noeviction}
      resources: {limits: {memory: %s}}
    """
        .formatted(NAME, shards, replicas, durability.name().toLowerCase(Locale.ROOT), memory);
  }

  /** Where the state and the logs of all processes are. */
  public Path state() {
    return kibi.state();
  }

  /** Where the API server listens. */
  public HostAndPort apiServer() {
    URI url = URI.create(client.getConfiguration().getMasterUrl());
    return new HostAndPort(url.getHost(), url.getPort());
  }

  /** The process that is API server and kubelet, and the parent of all others. */
  public ProcessHandle daemon() {
    return daemon;
  }

  /** The operator, if it runs just now. */
  public Optional<ProcessHandle> operator() {
    return daemon
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(OPERATOR))
        .findFirst();
  }

  /** The address of the Service that clients are told. */
  public HostAndPort endpoint() throws IOException, InterruptedException {
    return HostAndPort.from(kibi.run("endpoint", NAME).strip());
  }

  /** A Jedis client that knows nothing but the Service. */
  RedisClusterClient jedis() throws IOException, InterruptedException {
    return RedisClusterClient.create(endpoint());
  }

  /** Has another copy in sync made master, as an administrator asks for it; returns when it is. */
  void switchOver(int shard) {
    NodeInfo master = master(shard);
    String replica = ShardMembers.replicaPod(topology(), shard);
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(replica)
        .patch(PatchContext.of(PatchType.JSON_MERGE), MAKE_MASTER);
    await()
        .atMost(SWITCHOVER_PATIENCE)
        .until(() -> !master.id().equals(topology().shard(shard).orElseThrow().master()));
  }

  /** Asks for another number of shards through the scale sub-resource. */
  void scale(int shards) {
    Scale scale =
        new ScaleBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withReplicas(shards)
            .endSpec()
            .build();
    cluster().scale(scale);
  }

  /** Asks for another number of replicas of each shard. */
  void setReplicas(int replicas) {
    cluster()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
  }

  CacheCluster resource() {
    return cluster().require();
  }

  public Topology topology() {
    return TopologyMapping.toTopology(
        client
            .resources(CacheTopology.class)
            .inNamespace(NAMESPACE)
            .withName(NAME)
            .require()
            .getSpec());
  }

  /** Tells each version from now on, by a thread of its own; one may be left out, or told twice. */
  public SharedIndexInformer<CacheTopology> watchTopology(Consumer<Topology> watcher) {
    return client
        .resources(CacheTopology.class)
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .inform(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(CacheTopology first) {
                watcher.accept(TopologyMapping.toTopology(first.getSpec()));
              }

              @Override
              public void onUpdate(CacheTopology old, CacheTopology next) {
                watcher.accept(TopologyMapping.toTopology(next.getSpec()));
              }

              @Override
              public void onDelete(CacheTopology last, boolean unknown) {}
            });
  }

  /** The master of a shard that has one. */
  NodeInfo master(int shard) {
    Topology topology = topology();
    Shard found = topology.shard(shard).orElseThrow();
    return topology.node(Objects.requireNonNull(found.master())).orElseThrow();
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("kibi.dev/cluster", NAME)
        .list()
        .getItems();
  }

  /** What the Secrets of its certificates hold. */
  Holdings peerHoldings() {
    return PeerSecretsOf.read(client, NAMESPACE, NAME);
  }

  private Resource<CacheCluster> cluster() {
    return client.resources(CacheCluster.class).inNamespace(NAMESPACE).withName(NAME);
  }

  @Override
  public void close() throws IOException {
    client.close();
    try {
      kibi.run("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("kibi down");
    }
  }
}
