package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheTopology;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what a deleted cluster must not leave to a new one of the same name: its StatefulSets and
 * its topology. The finalizer stays until they are gone; owner references take care of the rest.
 */
final class ClusterRemoval {
  /**
   * Kubernetes' own finalizer of a deletion with {@code --cascade=orphan}: the user wants the
   * objects kept.
   */
  private static final String ORPHAN = "orphan";

  private ClusterRemoval() {}

  /** Asks for what is still there to be deleted; returns whether nothing is. */
  static boolean remove(CacheCluster cluster, Context<CacheCluster> context) {
    if (cluster.getMetadata().getFinalizers().contains(ORPHAN)) {
      return true;
    }
    List<HasMetadata> left = new ArrayList<>(context.getSecondaryResources(StatefulSet.class));
    context.getSecondaryResource(CacheTopology.class).ifPresent(left::add);
    left.removeIf(object -> isGone(object, context.getClient()));
    return left.isEmpty();
  }

  /**
   * Asked of the API server, not of the cache: when the namespace or the CRD goes as a whole, a
   * cache may lose its watch before it sees the last deletion, and the finalizer would stay for
   * ever.
   */
  private static boolean isGone(HasMetadata object, KubernetesClient client) {
    HasMetadata stored = client.resource(object).get();
    boolean gone =
        stored == null || !stored.getMetadata().getUid().equals(object.getMetadata().getUid());
    if (!gone && stored.getMetadata().getDeletionTimestamp() == null) {
      client.resource(object).delete();
    }
    return gone;
  }
}
