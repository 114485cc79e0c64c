package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.Keys;
import dev.kibi.e2e.process.RedisCli;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** What a user does first: applies a cluster, uses it, looks at it, deletes it. */
@OnKubernetes
class FirstClusterIT {
  private static final long LONGER_THAN_THE_TEST_MS = Duration.ofHours(4).toMillis();

  @Test
  void an_applied_cluster_becomes_ready_serves_clients_and_leaves_nothing_behind(
      TestNamespace namespace) throws Exception {
    long start = System.nanoTime();
    Cache cache = namespace.cache("shop", 3, 1);
    namespace.kubectl("wait", "cc/shop", "--for=condition=Ready", "--timeout=3m");
    System.out.printf(
        "apply to Ready: %d ms%n", Duration.ofNanos(System.nanoTime() - start).toMillis());
    cache.awaitSettled();

    assertThat(new RedisCli(cache.endpoint()).run(List.of("SET greeting hello", "GET greeting")))
        .containsExactly("OK", "hello");
    Keys keys = new Keys(10_000, System.currentTimeMillis() + LONGER_THAN_THE_TEST_MS);
    try (RedisClusterClient client = cache.jedis()) {
      keys.write(client);
      keys.verify(client);
    }
    assertThat(namespace.kubectl("describe", "cc/shop"))
        .contains("Ready", "3 shards serve all slots");

    cache.delete();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(left(namespace)).isEmpty());
  }

  @Test
  void the_operator_owns_nothing_of_the_spec_and_leaves_it_as_it_was_applied(
      TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 2, 0).awaitSettled();
    assertThat(cache.resource().getSpec().getShards()).isEqualTo(2);
    assertThat(cache.resource().getSpec().getReplicas()).isZero();
    assertThat(cache.resource().getMetadata().getManagedFields())
        .filteredOn(entry -> entry.getManager().equals("kibi"))
        .isNotEmpty()
        .allSatisfy(entry ->
            assertThat(entry.getFieldsV1().getAdditionalProperties()).doesNotContainKey("f:spec"));
  }

  @Test
  void pitfall21_25_the_copies_of_a_shard_are_on_different_machines_and_named_in_the_given_domain(
      TestNamespace namespace) {
    Requirements.nodes(namespace.client(), 2);
    String domain = Environment.clusterDomain();
    Cache cache =
        namespace
            .cache("shop", 2, 1, "networking: {clusterDomain: %s}".formatted(domain))
            .awaitSettled();
    for (String shard : List.of("0", "1")) {
      assertThat(cache.pods())
          .filteredOn(pod -> pod.getMetadata().getLabels().get("kibi.dev/shard").equals(shard))
          .extracting(pod -> pod.getSpec().getNodeName())
          .hasSize(2)
          .doesNotHaveDuplicates();
    }
    assertThat(cache.topology().nodes())
        .allMatch(node -> node.host().endsWith(namespace.name() + ".svc." + domain));
  }

  @Test
  void pitfall20_24_no_network_policy_is_made_and_no_right_on_finalizers_is_needed(
      TestNamespace namespace) {
    namespace.cache("shop", 1, 0).awaitSettled();
    for (String name : List.of(namespace.name(), Installation.NAMESPACE)) {
      assertThat(Tool.KUBECTL.runIn(name, "get", "networkpolicies", "--output=name")).isBlank();
    }
    assertThat(
            namespace.kubectl(
                "get",
                "statefulsets,services,serviceaccounts,roles,rolebindings,poddisruptionbudgets",
                "--selector=kibi.dev/cluster",
                "--output=jsonpath={.items[*].metadata.ownerReferences[*]}"))
        .contains("\"kind\":\"CacheCluster\"")
        .doesNotContain("\"blockOwnerDeletion\":true");
  }

  private static List<String> left(TestNamespace namespace) {
    return namespace
        .kubectl(
            "get",
            "cachetopologies,statefulsets,pods,services,serviceaccounts,roles,rolebindings,"
                + "poddisruptionbudgets,persistentvolumeclaims,configmaps,secrets",
            "--selector=kibi.dev/cluster",
            "--output=name",
            "--ignore-not-found")
        .lines()
        .toList();
  }
}
