package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.act.CertificateKeeper;
import dev.kibi.operator.nodelink.ClusterKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of the peer links in the course of a reconcile. Nodes are linked to with them,
 * so an operator that knows none yet looks first; from then on nothing that is urgent waits for it.
 * A cluster that is paused, or has a spec that cannot be done, is kept in certificates all the
 * same.
 */
final class Certificates {
  private final @Nullable CertificateKeeper keeper;

  private Certificates(@Nullable CertificateKeeper keeper) {
    this.keeper = keeper;
  }

  static Certificates kept(CertificateKeeper keeper) {
    return new Certificates(keeper);
  }

  /** Links are in the clear. */
  static Certificates none() {
    return new Certificates(null);
  }

  void load(CacheCluster cluster, ClusterKey key, Collection<String> failures, Recheck recheck) {
    if (keeper != null && keeper.isNew(key)) {
      recheck.after(keeper.keep(cluster, key, failures));
    }
  }

  void keep(CacheCluster cluster, ClusterKey key, Collection<String> failures, Recheck recheck) {
    if (keeper != null && !keeper.isNew(key)) {
      recheck.after(keeper.keep(cluster, key, failures));
    }
  }

  void forget(ClusterKey key) {
    if (keeper != null) {
      keeper.forget(key);
    }
  }
}
