package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/**
 * An operator that is to look at some namespaces has no right in any other, and does nothing there.
 */
@OnKubernetes
class NamespaceScopedIT {

  @AfterEach
  void lookAtAllNamespaces(Installation installation) {
    installation.upgrade();
  }

  @Test
  void an_operator_of_one_namespace_serves_it_without_a_cluster_role_and_leaves_others_alone(
      TestNamespace namespace, Installation installation) {
    installation.upgrade("watchNamespaces={" + namespace.name() + "}");
    assertThat(Tool.KUBECTL.run("get", "clusterroles", "--output=name"))
        .doesNotContain("kibi-operator");
    TestNamespace other = namespace.another();
    Cache ignored = other.cache("shop", 1, 1);
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis()) {
      assertThat(client.set("a", "b")).isEqualTo("OK");
    }
    cache.delete();
    assertThat(ignored.resource().getStatus()).isNull();
    assertThat(ignored.resource().getMetadata().getFinalizers()).isEmpty();
    assertThat(other.kubectl("get", "statefulsets,pods,services", "--output=name")).isBlank();

    installation.upgrade();
    ignored.awaitSettled();
  }
}
