package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.ShardMembers;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** A CacheCluster on the cluster under test, as its users and its administrator see it. */
record Cache(KubernetesClient client, String namespace, String name) {
  static final Duration PATIENCE =
      Duration.ofMinutes(Integer.getInteger("kibi.kubernetes.minutes", 4));
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int PORT = 6379;

  /** The Service that clients are told, by its name in the cluster. */
  HostAndPort endpoint() {
    return new HostAndPort(host(name), PORT);
  }

  /** A Service of this namespace by its whole name. */
  String host(String service) {
    return "%s.%s.svc.%s".formatted(service, namespace, Environment.clusterDomain());
  }

  /** A Jedis client that knows nothing but the Service. */
  RedisClusterClient jedis() {
    return RedisClusterClient.create(endpoint());
  }

  CacheCluster resource() {
    return cluster().require();
  }

  private Resource<CacheCluster> cluster() {
    return client.resources(CacheCluster.class).inNamespace(namespace).withName(name);
  }

  Topology topology() {
    return TopologyMapping.toTopology(
        client
            .resources(CacheTopology.class)
            .inNamespace(namespace)
            .withName(name)
            .require()
            .getSpec());
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("kibi.dev/cluster", name)
        .list()
        .getItems();
  }

  /** The master of a shard that has one. */
  NodeInfo master(int shard) {
    Topology topology = topology();
    Shard found = topology.shard(shard).orElseThrow();
    return topology.node(Objects.requireNonNull(found.master())).orElseThrow();
  }

  /** The pod that is master of a shard. */
  Pod masterPod(int shard) {
    return pod(master(shard).pod());
  }

  Pod pod(String pod) {
    return client.pods().inNamespace(namespace).withName(pod).require();
  }

  /** Waits until the container of a pod runs again, after its first end. */
  void awaitRestart(String pod) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(INTERVAL)
        .until(() -> {
          ContainerStatus status = pod(pod).getStatus().getContainerStatuses().getFirst();
          return status.getRestartCount() > 0 && Boolean.TRUE.equals(status.getStarted());
        });
  }

  /** Waits until another node than this one is master of the shard. */
  void awaitOtherMaster(int shard, NodeInfo than) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(INTERVAL)
        .until(() -> !than.id().equals(topology().shard(shard).orElseThrow().master()));
  }

  /**
   * Waits until a condition says so, in {@code Status Reason: message}, with what else it says when
   * it does not.
   */
  void awaitSaid(String condition, String words, Duration atMost) {
    Awaitility.await()
        .atMost(atMost)
        .pollInterval(INTERVAL)
        .untilAsserted(() -> {
          CacheCluster cluster = resource();
          assertThat(cluster.getStatus()).isNotNull();
          assertThat(cluster.getStatus().getConditions())
              .filteredOn(said -> said.getType().equals(condition))
              .singleElement()
              .extracting(
                  said -> said.getStatus() + " " + said.getReason() + ": " + said.getMessage())
              .asString()
              .contains(words);
        });
  }

  /** Changes the spec, as kubectl patch does. */
  void patch(String spec) {
    Tool.KUBECTL.runIn(
        namespace,
        "patch",
        "cachecluster/" + name,
        "--type=merge",
        "--patch={\"spec\": " + spec + "}");
  }

  /** Asks for a replica to be master of its shard, as an administrator does, until it is. */
  void switchOver(int shard) {
    NodeInfo master = master(shard);
    String replica = ShardMembers.replicaPod(topology(), shard);
    Tool.KUBECTL.runIn(namespace, "annotate", "pod", replica, "kibi.dev/make-master=true");
    awaitOtherMaster(shard, master);
  }

  /** Asks for another number of shards, as kubectl scale does. */
  void scale(int shards) {
    Tool.KUBECTL.runIn(namespace, "scale", "cachecluster/" + name, "--replicas=" + shards);
  }

  /** Waits until slots are on their way from one shard to another. */
  void awaitSlotsMoving() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !topology().moves().isEmpty());
  }

  /** Waits until so many more writes were acknowledged. */
  void awaitWrites(AcknowledgedWriter writer, int more) {
    long before = writer.acknowledged();
    Awaitility.await().atMost(PATIENCE).until(() -> writer.acknowledged() >= before + more);
  }

  /**
   * Waits until the cluster is what its spec says and at rest: masters, copies in sync, equal
   * shares of slots, no move, no pod too many or too few, and the resource says Ready.
   */
  Cache awaitSettled() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(INTERVAL)
        .untilAsserted(() -> {
          CacheCluster cluster = resource();
          int copies = 1 + cluster.getSpec().getReplicas();
          checkReady(cluster);
          checkTopology(topology(), cluster.getSpec().getShards(), copies);
          assertThat(pods())
              .hasSize(cluster.getSpec().getShards() * copies)
              .allMatch(Readiness::isPodReady, "is ready");
        });
    return this;
  }

  private static void checkReady(CacheCluster cluster) {
    assertThat(cluster.getStatus()).isNotNull();
    assertThat(cluster.getStatus().getObservedGeneration())
        .isEqualTo(cluster.getMetadata().getGeneration());
    assertThat(cluster.getStatus().getConditions())
        .anySatisfy(condition -> {
          assertThat(condition.getType()).isEqualTo("Ready");
          assertThat(condition.getStatus()).as(condition.getMessage()).isEqualTo("True");
        });
  }

  private static void checkTopology(Topology topology, int shards, int copies) {
    assertThat(topology.shards())
        .hasSize(shards)
        .allSatisfy(shard -> {
          assertThat(shard.master()).isNotNull();
          assertThat(shard.inSync()).hasSize(copies);
          assertThat(shard.learners()).isEmpty();
        });
    assertThat(topology.moves()).isEmpty();
    assertThat(topology.slots().isComplete()).isTrue();
    IntSummaryStatistics slots =
        topology.shards().stream()
            .mapToInt(shard -> topology.slots().slotsOf(shard.id()).size())
            .summaryStatistics();
    assertThat(slots.getMax() - slots.getMin()).as("difference of slots").isLessThanOrEqualTo(1);
  }

  /** Deletes the resource, and waits until it is gone. */
  void delete() {
    Tool.KUBECTL.runIn(namespace, "delete", "cachecluster/" + name, "--timeout=2m");
  }
}
