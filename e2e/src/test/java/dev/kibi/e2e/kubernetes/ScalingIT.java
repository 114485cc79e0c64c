package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.Keys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Shards come and go while clients write. */
@OnKubernetes
class ScalingIT {
  /** {@code -Dkibi.kubernetes.keys=1000000 -Dkibi.kubernetes.minutes=15} for a measurement. */
  private static final int KEYS = Integer.getInteger("kibi.kubernetes.keys", 50_000);

  /** What clients write meanwhile is in it too, and nobody says how much that will be. */
  private static final String MEMORY = KEYS > 100_000 ? "1Gi" : "320Mi";

  private static final long LONGER_THAN_THE_TEST_MS = Duration.ofHours(4).toMillis();

  @Test
  void pitfall08_23_scaling_from_3_to_5_to_2_under_load_keeps_every_key(TestNamespace namespace)
      throws Exception {
    Cache cache = namespace.largeCache("shop", 3, 1, MEMORY).awaitSettled();
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
        assertThat(cache.pods())
            .as("pods that were restarted while they took over data")
            .filteredOn(
                pod -> pod.getStatus().getContainerStatuses().getFirst().getRestartCount() > 0)
            .isEmpty();
      }
      cache.awaitWrites(writer, 1_000);
      writer.stopAndVerify();
    }
  }

  @Test
  void pitfall11_a_scale_that_is_reverted_half_way_leaves_no_shard_behind(TestNamespace namespace)
      throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    Keys keys = new Keys(10_000, System.currentTimeMillis() + LONGER_THAN_THE_TEST_MS);
    try (RedisClusterClient client = cache.jedis()) {
      keys.write(client);
      cache.scale(3);
      cache.awaitSlotsMoving();
      cache.scale(2);
      cache.awaitSettled();
      keys.verify(client);
    }
    assertThat(namespace.kubectl("get", "statefulsets", "--output=name").lines())
        .containsExactlyInAnyOrder("statefulset.apps/shop-0", "statefulset.apps/shop-1");
  }

  @Test
  void pitfall12_slots_that_move_while_their_master_is_killed_arrive_with_every_key(
      TestNamespace namespace, Machines machines) throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    Keys keys = new Keys(10_000, System.currentTimeMillis() + LONGER_THAN_THE_TEST_MS);
    try (RedisClusterClient client = cache.jedis()) {
      keys.write(client);
      cache.scale(3);
      cache.awaitSlotsMoving();
      machines.killProcess(cache.masterPod(0)); // it gives slots away
      cache.awaitSlotsMoving();
      machines.killProcess(cache.masterPod(2)); // it takes them
      cache.awaitSettled();
      keys.verify(client);
    }
  }

  @Test
  void pitfall10_a_scale_down_that_memory_cannot_hold_is_refused_and_moves_nothing(
      TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 2, 0).awaitSettled();
    cache.patch("{\"memory\": {\"maxMemory\": \"5Mi\"}}");
    cache.awaitSettled();
    // They take about 6 MiB: more than one shard has, and less than two.
    Keys keys = new Keys(60_000, System.currentTimeMillis() + LONGER_THAN_THE_TEST_MS);
    try (RedisClusterClient client = cache.jedis()) {
      keys.write(client);
      cache.scale(1);
      cache.awaitSaid("SpecAccepted", "NotEnoughMemory", Duration.ofSeconds(30));
      keys.verify(client);
      cache.scale(2);
      cache.awaitSettled();
      keys.verify(client);
    }
  }
}
