package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.nodelink.ClusterKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** One cluster, as each library names it. */
final class Keys {
  private Keys() {}

  static ClusterKey of(CacheCluster cluster) {
    return new ClusterKey(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
  }

  static ResourceID resource(ClusterKey key) {
    return new ResourceID(key.name(), key.namespace());
  }

  /** The cluster that an object of the same name and namespace belongs to. */
  static ResourceID sameName(HasMetadata object) {
    return new ResourceID(object.getMetadata().getName(), object.getMetadata().getNamespace());
  }
}
