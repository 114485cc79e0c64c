package dev.kibi.e2e.kubernetes;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.Keys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Shards come and go while clients write. */
@OnKubernetes
class ScalingIT {
  /** {@code -Dkibi.kubernetes.keys=1000000} for a measurement. */
  private static final int KEYS = Integer.getInteger("kibi.kubernetes.keys", 50_000);

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
        long start = System.nanoTime();
        cache.scale(shards);
        cache.awaitSettled();
        System.out.printf(
            "scaled to %d shards with %d keys: %d ms%n",
            shards, KEYS, Duration.ofNanos(System.nanoTime() - start).toMillis());
        keys.verify(client);
      }
      cache.awaitWrites(writer, 1_000);
      writer.stopAndVerify();
    }
  }
}
