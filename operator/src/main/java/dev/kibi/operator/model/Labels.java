package dev.kibi.operator.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * Labels of the objects of a cluster. Selectors use only what never changes (cluster and shard):
 * the role is kept on the pods by the operator and is part of no name and no StatefulSet selector.
 */
public final class Labels {
  public static final String CLUSTER = "kibi.dev/cluster";
  public static final String SHARD = "kibi.dev/shard";
  public static final String ROLE = "kibi.dev/role";
  public static final String ROLE_MASTER = "master";
  public static final String ROLE_REPLICA = "replica";

  /** Annotation of a pod that a person wants to become master; taken off when it is. */
  public static final String MAKE_MASTER = "kibi.dev/make-master";

  /** Selects everything this operator made; the informers' filter. */
  public static final String MANAGED_SELECTOR = "app.kubernetes.io/managed-by=kibi-operator";

  private static final String NAME = "app.kubernetes.io/name";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private Labels() {}

  /** Labels of every object of the cluster. */
  public static Map<String, String> ofCluster(String cluster) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(NAME, "kibi");
    labels.put(MANAGED_BY, "kibi-operator");
    labels.put(CLUSTER, cluster);
    return labels;
  }

  /** Labels of the StatefulSet, the pods and the disruption budget of one shard. */
  public static Map<String, String> ofShard(String cluster, int shard) {
    Map<String, String> labels = ofCluster(cluster);
    labels.put(SHARD, Integer.toString(shard));
    return labels;
  }

  /** Selects all pods of the cluster. */
  public static Map<String, String> selectCluster(String cluster) {
    return Map.of(CLUSTER, cluster);
  }

  /** Selects the pods of one shard. */
  public static Map<String, String> selectShard(String cluster, int shard) {
    Map<String, String> labels = new TreeMap<>(selectCluster(cluster));
    labels.put(SHARD, Integer.toString(shard));
    return labels;
  }

  /** Selects the pods of the cluster that have the given role. */
  public static Map<String, String> selectRole(String cluster, String role) {
    Map<String, String> labels = new TreeMap<>(selectCluster(cluster));
    labels.put(ROLE, role);
    return labels;
  }

  /**
   * The selector in `status.selector`: masters only, because an HPA averages over what it selects.
   */
  public static String mastersSelector(String cluster) {
    return CLUSTER + "=" + cluster + "," + ROLE + "=" + ROLE_MASTER;
  }
}
