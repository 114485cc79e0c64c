package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.PlainWriter;
import dev.kibi.protocol.topology.NodeInfo;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClusterClient;

/** What an administrator does on purpose: no client request fails, and no write is lost. */
@OnKubernetes
class PlannedChangeIT {
  private static final int WRITES = 500;

  @Test
  void pitfall14_15_a_new_memory_limit_reaches_one_pod_at_a_time_and_no_request_fails(
      TestNamespace namespace) throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    Map<String, String> before = uids(cache);
    List<String> masters = List.of(cache.master(0).pod(), cache.master(1).pod());
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "rollout", 2);
        PlainWriter first = PlainWriter.start(cache.topology(), 0);
        PlainWriter second = PlainWriter.start(cache.topology(), 1);
        PodHistory history = PodHistory.of(cache)) {
      cache.awaitWrites(writer, WRITES);
      cache.patch("{\"resources\": {\"limits\": {\"memory\": \"336Mi\"}}}");
      Awaitility.await()
          .atMost(Cache.PATIENCE)
          .untilAsserted(() -> {
            assertThat(cache.pods())
                .hasSize(4)
                .allSatisfy(pod -> assertThat(memoryLimit(pod)).isEqualTo("336Mi"));
            assertThat(cache.topology().shards())
                .allSatisfy(shard -> assertThat(shard.inSync()).hasSize(2));
          });
      cache.awaitSettled();
      cache.awaitWrites(writer, WRITES);
      first.stopAndVerify();
      second.stopAndVerify();
      writer.stopAndVerify();
      assertThat(writer.failures()).isEmpty();
      assertThat(history.left()).hasSameSizeAs(before.keySet());
      assertThat(history.faults()).as("one pod at a time").isEmpty();
      for (int shard = 0; shard < masters.size(); shard++) {
        String prefix = "shop-" + shard + "-";
        assertThat(history.left().stream().filter(pod -> pod.startsWith(prefix)).toList())
            .as("the master of shard " + shard + " goes last")
            .endsWith(masters.get(shard));
      }
    }
    assertThat(uids(cache).values())
        .as("every pod is a new one")
        .doesNotContainAnyElementsOf(before.values());
  }

  @Test
  void a_drained_machine_hands_its_masters_over_and_no_request_fails(TestNamespace namespace)
      throws Exception {
    Requirements.nodesThatMayBeDisturbed();
    Requirements.nodes(namespace.client(), 3);
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    String machine = cache.masterPod(0).getSpec().getNodeName();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "drain", 2);
        PlainWriter first = PlainWriter.start(cache.topology(), 0);
        PlainWriter second = PlainWriter.start(cache.topology(), 1)) {
      cache.awaitWrites(writer, WRITES);
      try {
        Tool.KUBECTL.run(
            "drain", machine, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=4m");
        cache.awaitSettled();
        assertThat(cache.pods())
            .allSatisfy(pod -> assertThat(pod.getSpec().getNodeName()).isNotEqualTo(machine));
      } finally {
        Tool.KUBECTL.run("uncordon", machine);
      }
      cache.awaitWrites(writer, WRITES);
      first.stopAndVerify();
      second.stopAndVerify();
      writer.stopAndVerify();
      assertThat(writer.failures()).isEmpty();
    }
  }

  @Test
  void pitfall19_clients_follow_a_switchover_that_was_asked_for_and_no_request_fails(
      TestNamespace namespace) throws Exception {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "switchover", 2);
        PlainWriter plain = PlainWriter.start(cache.topology(), 0)) {
      for (int i = 0; i < 4; i++) {
        cache.awaitWrites(writer, WRITES);
        cache.switchOver(0);
        cache.awaitSettled();
      }
      plain.stopAndVerify();
      writer.stopAndVerify();
      assertThat(writer.failures()).isEmpty();
    }
  }

  @Test
  void pitfall17_an_operator_upgrade_brings_its_definitions_and_restarts_no_cache_pod(
      TestNamespace namespace, Installation installation, Machines machines, @TempDir Path charts)
      throws Exception {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    Map<String, String> before = uids(cache);
    machines.tagImage("kibi/operator:0.1.0", "kibi/operator:upgraded");
    cache.patch("{\"addedLater\": \"kept\"}");
    assertThat(addedLater(namespace)).as("a field that is not defined yet").isEmpty();
    try {
      installation.upgrade(LaterChart.in(charts, "addedLater"), "image.tag=upgraded");
      cache.awaitSettled();
      cache.patch("{\"addedLater\": \"kept\"}");
      cache.awaitSettled();
      assertThat(addedLater(namespace)).isEqualTo("kept");
      assertThat(uids(cache)).isEqualTo(before);
    } finally {
      installation.upgrade();
    }
  }

  @Test
  void
      pitfall06_failover_goes_on_while_no_operator_runs_and_an_operator_that_returns_keeps_the_master(
          TestNamespace namespace, Installation installation, Machines machines) throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "alone", 4)) {
      cache.awaitWrites(writer, WRITES);
      installation.scale(0);
      try {
        NodeInfo master = cache.master(0);
        machines.killProcess(cache.masterPod(0));
        cache.awaitOtherMaster(0, master);
        cache.awaitWrites(writer, WRITES);
      } finally {
        installation.scale(2);
      }
      NodeInfo elected = cache.master(0);
      cache.awaitSettled();
      cache.awaitWrites(writer, WRITES);
      assertThat(cache.master(0)).isEqualTo(elected);
      writer.stopAndVerify();
    }
  }

  private static String addedLater(TestNamespace namespace) {
    return namespace.kubectl("get", "cachecluster/shop", "--output=jsonpath={.spec.addedLater}");
  }

  private static Map<String, String> uids(Cache cache) {
    List<Pod> pods = cache.pods();
    Map<String, String> uids = new TreeMap<>();
    pods.forEach(pod -> uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid()));
    return uids;
  }

  private static String memoryLimit(Pod pod) {
    return pod.getSpec()
        .getContainers()
        .getFirst()
        .getResources()
        .getLimits()
        .get("memory")
        .toString();
  }
}
