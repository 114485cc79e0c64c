package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheClusterStatus;
import dev.kibi.operator.nodelink.ClusterKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status of a cluster and remembers it until the informer shows it.
 *
 * <p>Not left to the SDK: it compares with, and without server-side apply computes its patch from,
 * the cached resource. The reconciler often runs again before the cache has the status it wrote,
 * and would write it twice, or patch array elements that are not there.
 */
final class StatusWriter {
  private static final String FIELD_MANAGER = CacheClusterReconciler.NAME;

  private final KubernetesClient client;
  private final boolean serverSideApply;
  private final ConcurrentHashMap<ClusterKey, CacheCluster> written = new ConcurrentHashMap<>();

  StatusWriter(KubernetesClient client, boolean serverSideApply) {
    this.client = client;
    this.serverSideApply = serverSideApply;
  }

  /** The status as it is stored: what the cache shows, or what was written since. */
  @Nullable CacheClusterStatus stored(CacheCluster cached) {
    CacheCluster own = written.get(Keys.of(cached));
    if (own == null || !own.getMetadata().getUid().equals(cached.getMetadata().getUid())) {
      return cached.getStatus();
    }
    return version(own) > version(cached) ? own.getStatus() : cached.getStatus();
  }

  /** Replaces the status as a whole. */
  void write(CacheCluster cluster, CacheClusterStatus status) {
    CacheCluster result = serverSideApply ? apply(cluster, status) : replace(cluster, status);
    written.put(Keys.of(cluster), result);
  }

  void forget(ClusterKey key) {
    written.remove(key);
  }

  private CacheCluster apply(CacheCluster cluster, CacheClusterStatus status) {
    CacheCluster owned = named(cluster);
    owned.setStatus(status);
    return client
        .resource(owned)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build());
  }

  /** One operation that puts the new status in the place of the old one, whatever that is. */
  private CacheCluster replace(CacheCluster cluster, CacheClusterStatus status) {
    List<Map<String, Object>> operations =
        List.of(Map.of("op", "add", "path", "/status", "value", status));
    return client
        .resource(named(cluster))
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON),
            client.getKubernetesSerialization().asJson(operations));
  }

  private static CacheCluster named(CacheCluster cluster) {
    CacheCluster named = new CacheCluster();
    named.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(cluster.getMetadata().getNamespace())
            .withName(cluster.getMetadata().getName())
            .build());
    return named;
  }

  /** Versions of one resource are numbers that rise; one that is none counts as the oldest. */
  private static long version(CacheCluster cluster) {
    String version = cluster.getMetadata().getResourceVersion();
    return version != null && version.matches("[0-9]{1,18}") ? Long.parseLong(version) : 0;
  }
}
