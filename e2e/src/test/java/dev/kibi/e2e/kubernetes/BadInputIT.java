package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** What cannot work is said in a sentence, by the API server or by a condition, and heals. */
@OnKubernetes
class BadInputIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String NOT_TO_BE_PULLED = "nowhere.example/kibi/node:1";

  /** A spec, and what the API server says of it. */
  private record Refused(String spec, String sentence) {}

  private static final List<Refused> REFUSED =
      List.of(
          new Refused(
              "{\"shards\": 0}",
              "spec.shards: Invalid value: 0: spec.shards in body should be greater than or equal to 1"),
          new Refused(
              "{\"replicas\": -1}",
              "spec.replicas: Invalid value: -1: spec.replicas in body should be greater than or equal to 0"),
          new Refused(
              "{\"durability\": \"sometimes\"}",
              "spec.durability: Unsupported value: \"sometimes\": supported values: \"async\""),
          new Refused(
              "{\"memory\": {\"maxMemory\": \"plenty\"}}",
              "memory.maxMemory: expected a percentage from 1% to 100% of the memory limit, or a quantity"),
          new Refused(
              "{\"durability\": \"required\", \"replicas\": 0}",
              "durability: required cannot be kept without a replica (expected: replicas of at least 1"),
          new Refused(
              "{\"podTemplate\": {\"labels\": {\"kibi.dev/role\": \"master\"}}}",
              "podTemplate.labels: keys that begin with kibi.dev/ or app.kubernetes.io/ are the operator's"),
          new Refused(
              "{\"podTemplate\": {\"annotations\": {\"kibi.dev/x\": \"y\"}}}",
              "podTemplate.annotations: keys that begin with kibi.dev/ are the operator's"));

  @Test
  void the_api_server_refuses_nonsense_and_says_what_it_expected(TestNamespace namespace) {
    Cache cache = namespace.cache("bad", 1, 0);
    assertThat(REFUSED)
        .allSatisfy(refused ->
            assertThatThrownBy(() -> cache.patch(refused.spec()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(refused.sentence()));
    assertThatThrownBy(() -> namespace.cache("9shop", 1, 0))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(
            "metadata.name: expected at most 45 of a-z, 0-9 and -, beginning with a letter");
  }

  @Test
  void pitfall16_an_image_that_cannot_be_pulled_is_said_and_a_corrected_spec_goes_on(
      TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 1, NOT_TO_BE_PULLED, "");
    cache.awaitSaid("Ready", NOT_TO_BE_PULLED, SOON);
    cache.patch("{\"image\": \"%s\"}".formatted(Environment.nodeImage()));
    cache.awaitSettled();
  }

  @Test
  void pitfall16_a_rollout_that_is_stuck_is_said_and_serves_on_and_a_good_spec_ends_it(
      TestNamespace namespace) {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    cache.patch("{\"image\": \"%s\"}".formatted(NOT_TO_BE_PULLED));
    cache.awaitSaid("UpToDate", "False RolloutStuck", SOON);
    try (RedisClusterClient client = cache.jedis()) {
      client.set("served", "still");
    }
    cache.patch("{\"image\": \"%s\"}".formatted(Environment.nodeImage()));
    cache.awaitSettled();
  }

  @Test
  void a_pod_without_a_place_is_said_in_the_schedulers_words_and_heals_when_a_machine_fits(
      TestNamespace namespace) {
    Requirements.nodesThatMayBeDisturbed();
    String disk = "example/disk=" + namespace.name();
    Cache cache =
        namespace.cache(
            "shop",
            1,
            0,
            "scheduling: {nodeSelector: {example/disk: %s}}".formatted(namespace.name()));
    cache.awaitSaid("Ready", "False Unschedulable: shop-0-0: ", SOON);
    cache.awaitSaid("Ready", "didn't match Pod's node affinity/selector", SOON);
    String node =
        Tool.KUBECTL.run("get", "nodes", "--output=name").lines().findFirst().orElseThrow();
    Tool.KUBECTL.run("label", node, disk);
    try {
      cache.awaitSettled();
    } finally {
      Tool.KUBECTL.run("label", node, "example/disk-");
    }
  }

  @Test
  void a_missing_storage_class_is_said_by_name_and_heals_when_it_is_there(TestNamespace namespace) {
    StorageClass existing = Requirements.defaultStorageClass(namespace.client());
    String name = namespace.name();
    Cache cache =
        namespace.cache(
            "shop",
            1,
            0,
            "podTemplate: {scratch: {size: 1Gi, storageClassName: %s}}".formatted(name));
    cache.awaitSaid("Ready", "False VolumeNotBound: shop-0-0: ", SOON);
    cache.awaitSaid("Ready", "storageclass.storage.k8s.io \"%s\" not found".formatted(name), SOON);
    StorageClass missing =
        new StorageClassBuilder(existing).withNewMetadata().withName(name).endMetadata().build();
    namespace.client().resource(missing).create();
    try {
      cache.awaitSettled();
    } finally {
      namespace.client().resource(missing).delete();
    }
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
