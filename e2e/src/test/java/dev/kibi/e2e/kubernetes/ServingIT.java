package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kibi.e2e.process.Program;
import dev.kibi.protocol.topology.NodeInfo;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** What the rest of Kubernetes goes by: readiness, roles, Services, Events, evictions. */
@OnKubernetes
class ServingIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  @Test
  void a_copy_is_not_evicted_while_the_other_is_away(TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    Pod master = cache.masterPod(0);
    Pod replica = replica(cache);
    namespace.kubectl("create", "quota", "none", "--hard=pods=1"); // who leaves stays away
    assertThat(evict(cache, replica)).as("the first copy may go").isTrue();
    Awaitility.await().atMost(Cache.PATIENCE).until(() -> cache.pods().size() == 1);
    assertThat(evict(cache, master)).as("the API server says 429").isFalse();
    assertThat(cache.masterPod(0).getMetadata().getDeletionTimestamp()).isNull();

    namespace.kubectl("delete", "quota", "none");
    cache.awaitSettled();
    assertThat(evict(cache, master)).as("both copies are back").isTrue();
    cache.awaitSettled();
  }

  @Test
  void services_roles_and_events_tell_the_master_from_its_replica(TestNamespace namespace)
      throws Exception {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    NodeInfo before = cache.master(0);
    cache.switchOver(0);
    cache.awaitSettled();
    assertThat(cache.master(0)).isNotEqualTo(before);
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(role(cache.masterPod(0))).isEqualTo("master");
          assertThat(role(replica(cache))).isEqualTo("replica");
          assertThat(endpoints(namespace, "shop")).hasSize(2);
          assertThat(endpoints(namespace, "shop-read"))
              .containsExactly(replica(cache).getStatus().getPodIP());
          assertThat(addresses(cache.host("shop-nodes")))
              .containsExactlyInAnyOrderElementsOf(
                  cache.pods().stream().map(pod -> pod.getStatus().getPodIP()).toList());
        });

    try (RedisClusterClient client = cache.jedis()) {
      assertThat(client.set("greeting", "hello")).isEqualTo("OK");
    }
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    Program.of("redis-cli", "-h", cache.host("shop-read"))
                        .run("READONLY\nGET greeting\n", SOON)
                        .lines())
                .containsExactly("OK", "hello"));
    assertThat(namespace.kubectl("describe", "cachecluster/shop"))
        .containsPattern("Normal +Bootstrap .*The first topology")
        .containsPattern("Normal +SwitchoverRequested .*A person asked for another master");
  }

  @Test
  void pitfall14_23_a_copy_that_syncs_is_alive_but_not_ready(TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 0).awaitSettled();
    try (RedisClusterClient client = cache.jedis()) {
      fill(client);
      cache.patch("{\"replicas\": 1}");
      AtomicInteger syncing = new AtomicInteger();
      Awaitility.await()
          .atMost(Cache.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> isInSync(cache, syncing));
      assertThat(syncing).as("looks at a node while it synced").hasPositiveValue();
      cache.awaitSettled();
      assertThat(client.dbSize()).isPositive();
    }
    assertThat(cache.pods())
        .allMatch(pod -> pod.getStatus().getContainerStatuses().getFirst().getRestartCount() == 0);
  }

  /** Writes until a node has no room: it has to live then, and so has a node that copies it. */
  private static void fill(RedisClusterClient client) {
    String value = "x".repeat(100_000);
    Throwable refusal = null;
    for (int i = 0; refusal == null; i++) {
      String key = "large:" + i;
      refusal = catchThrowable(() -> client.set(key, value));
    }
    assertThat(refusal).hasMessageStartingWith("OOM command not allowed");
    assertThat(client.dbSize()).as("values of 100 kB").isGreaterThan(800);
  }

  /**
   * Whether the second copy is in sync. What the pod says is asked before the topology is: ready
   * without being in sync then is a fault, and no race.
   */
  private static boolean isInSync(Cache cache, AtomicInteger syncing) {
    String address =
        cache.pods().stream()
            .filter(pod -> pod.getMetadata().getName().equals("shop-0-1"))
            .map(pod -> pod.getStatus().getPodIP())
            .filter(ip -> ip != null && !ip.isEmpty())
            .findFirst()
            .orElse("");
    int ready = address.isEmpty() ? 0 : http(address, "/readyz");
    var shard = cache.topology().shards().getFirst();
    if (ready == OK) {
      assertThat(shard.inSync()).as("it says ready").hasSize(2);
    }
    if (ready == UNAVAILABLE && !shard.learners().isEmpty()) {
      assertThat(http(address, "/livez")).as("alive while it syncs").isEqualTo(OK);
      syncing.incrementAndGet();
    }
    return ready == OK;
  }

  /** The status that a node answers with, or 0 while nobody listens. */
  private static int http(String address, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":9121" + path))
            .timeout(SOON)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Whether the API server lets the pod go; not, if that would break a budget. */
  private static boolean evict(Cache cache, Pod pod) {
    return cache
        .client()
        .pods()
        .inNamespace(cache.namespace())
        .withName(pod.getMetadata().getName())
        .evict();
  }

  private static Pod replica(Cache cache) {
    String master = cache.master(0).pod();
    return cache.pods().stream()
        .filter(pod -> !pod.getMetadata().getName().equals(master))
        .findFirst()
        .orElseThrow();
  }

  private static String role(Pod pod) {
    return pod.getMetadata().getLabels().getOrDefault("kibi.dev/role", "none");
  }

  /** Addresses of the pods that a Service leads to. */
  private static List<String> endpoints(TestNamespace namespace, String service) {
    return namespace
        .kubectl(
            "get",
            "endpointslices",
            "--selector=kubernetes.io/service-name=" + service,
            "--output=jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses[*]}")
        .lines()
        .flatMap(line -> Arrays.stream(line.split(" ", -1)))
        .filter(address -> !address.isBlank())
        .toList();
  }

  private static List<String> addresses(String host) throws IOException {
    return Arrays.stream(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList();
  }
}
