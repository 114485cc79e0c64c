package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClusterClient;

/** What cannot work is said in a sentence, by the API server or by a condition, and heals. */
@OnKubernetes
class BadInputIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"shards\": 0} | spec.shards",
        "{\"replicas\": -1} | spec.replicas",
        "{\"memory\": {\"maxMemory\": \"plenty\"}} | spec.memory.maxMemory",
        "{\"durability\": \"sometimes\"} | spec.durability",
      })
  void the_api_server_refuses_nonsense_and_names_the_field(
      String spec, String field, TestNamespace namespace) {
    Cache cache = namespace.cache("bad", 1, 0);
    assertThatThrownBy(() -> cache.patch(spec))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(field);
  }

  @Test
  void pitfall16_an_image_that_cannot_be_pulled_is_said_and_a_corrected_spec_goes_on(
      TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 1, "image: nowhere.example/kibi/node:1");
    cache.awaitSaid("Ready", "nowhere.example/kibi/node:1", SOON);
    cache.patch("{\"image\": \"kibi/node:0.1.0\"}");
    cache.awaitSettled();
  }

  @Test
  void pitfall16_a_rollout_that_is_stuck_is_said_and_serves_on_and_a_good_spec_ends_it(
      TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    cache.patch("{\"image\": \"nowhere.example/kibi/node:1\"}");
    cache.awaitSaid("UpToDate", "RolloutStuck", Duration.ofMinutes(1));
    try (RedisClusterClient client = cache.jedis()) {
      client.set("served", "still");
    }
    cache.patch("{\"image\": \"kibi/node:0.1.0\"}");
    cache.awaitSettled();
  }

  @Test
  void a_pod_without_a_place_is_said_in_the_schedulers_words(TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 0, "scheduling: {nodeSelector: {example/disk: fast}}");
    cache.awaitSaid("Ready", "Unschedulable", SOON);
    cache.patch("{\"scheduling\": {\"nodeSelector\": null}}");
    cache.awaitSettled();
  }

  @Test
  void a_missing_storage_class_is_said(TestNamespace namespace) {
    Cache cache =
        namespace.cache(
            "shop", 1, 0, "podTemplate: {scratch: {size: 1Gi, storageClassName: none}}");
    cache.awaitSaid("Ready", "VolumeNotBound", SOON);
    cache.patch("{\"podTemplate\": {\"scratch\": null}}");
    cache.awaitSettled();
  }

  @Test
  void a_quota_that_refuses_a_pod_is_said_and_another_cluster_is_unharmed(TestNamespace namespace) {
    Cache good = namespace.cache("good", 1, 0).awaitSettled();
    namespace.kubectl("create", "quota", "small", "--hard=pods=1");
    Cache refused = namespace.cache("refused", 1, 0);
    refused.awaitSaid("Ready", "exceeded quota", SOON);
    good.awaitSettled();
    try (RedisClusterClient client = good.jedis()) {
      client.set("served", "still");
    }
    namespace.kubectl("delete", "quota", "small");
    refused.awaitSettled();
  }
}
