package dev.kibi.operator.model;

import dev.kibi.crds.CacheCluster;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** Whose an object is: Kubernetes removes it with its owner. */
public final class Ownership {

  private Ownership() {}

  public static OwnerReference of(CacheCluster cluster) {
    return new OwnerReferenceBuilder()
        .withApiVersion(cluster.getApiVersion())
        .withKind(cluster.getKind())
        .withName(cluster.getMetadata().getName())
        .withUid(cluster.getMetadata().getUid())
        .build();
  }
}
