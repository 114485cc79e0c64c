package dev.kibi.e2e.kubernetes;

import dev.kibi.e2e.process.AcknowledgedWriter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** An autoscaler of Kubernetes acts on the number of shards. It takes a metrics server. */
@OnKubernetes
class AutoscalingIT {

  @Test
  void a_horizontal_pod_autoscaler_adds_a_shard_under_load_and_every_write_is_kept(
      TestNamespace namespace) throws Exception {
    Requirements.metricsServer(namespace.client());
    Cache cache = namespace.cache("shop", 1, 0).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "load", 4)) {
      namespace.create(
          """
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: {name: shop}
          spec:
            scaleTargetRef: {apiVersion: kibi.dev/v1alpha1, kind: CacheCluster, name: shop}
            minReplicas: 1
            maxReplicas: 2
            metrics:
              - type: Resource
                resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
          """);
      Awaitility.await()
          .atMost(Cache.PATIENCE)
          .until(() -> cache.resource().getSpec().getShards() == 2);
      cache.awaitSettled();
      writer.stopAndVerify();
    }
  }
}
