package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Two clusters of one name in two namespaces have nothing to do with each other. */
@OnKubernetes
class NeighboursIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void pitfall27_a_broken_cluster_in_one_namespace_leaves_the_one_in_another_unharmed(
      TestNamespace namespace) throws Exception {
    Cache good = namespace.cache("shop", 1, 1).awaitSettled();
    TestNamespace other = namespace.another();
    Cache broken = other.cache("shop", 2, 1).awaitSettled();
    try (RedisClusterClient client = good.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "neighbour", 2)) {
      good.awaitWrites(writer, 500);
      other.kubectl("delete", "cachetopology", "shop", "--wait=false");
      broken.patch("{\"image\": \"nowhere.example/kibi/node:1\"}");
      other.kubectl("delete", "pods", "--all", "--force", "--grace-period=0");
      broken.awaitSaid("Ready", "nowhere.example/kibi/node:1", SOON);

      good.scale(2);
      good.awaitSettled();
      good.awaitWrites(writer, 500);
      writer.stopAndVerify();
      assertThat(writer.failures()).isEmpty();
    }
  }
}
