package dev.kibi.e2e.kubernetes;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.Keys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Shards come and go while clients write. */
@OnKubernetes
class ScalingIT {
  private static final int KEYS = 50_000;
  private static final long LONGER_THAN_THE_TEST_MS = Duration.ofHours(4).toMillis();

  @Test
  void pitfall08_scaling_from_3_to_5_to_2_under_load_keeps_every_key(TestNamespace namespace)
      throws Exception {
    Cache cache = namespace.cache("shop", 3, 1).awaitSettled();
    Keys keys = new Keys(KEYS, System.currentTimeMillis() + LONGER_THAN_THE_TEST_MS);
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "scaling", 2)) {
      keys.write(client);
      for (int shards : new int[] {5, 2}) {
        cache.scale(shards);
        cache.awaitSettled();
        keys.verify(client);
      }
      cache.awaitWrites(writer, 1_000);
      writer.stopAndVerify();
    }
  }
}
