package dev.kibi.operator.model;

/** Names of the objects of a cluster. */
public final class Names {
  private Names() {}

  /** StatefulSet, and disruption budget, of a shard. */
  public static String shard(String cluster, int shard) {
    return cluster + "-" + shard;
  }

  /** Service for clients that speak the cluster protocol. */
  public static String clusterService(String cluster) {
    return cluster;
  }

  /** Service that reaches replicas only. */
  public static String readService(String cluster) {
    return cluster + "-read";
  }

  /** Headless Service that gives every pod its host name. */
  public static String nodesService(String cluster) {
    return cluster + "-nodes";
  }

  /** ServiceAccount, Role and RoleBinding of the nodes. */
  public static String nodeAccount(String cluster) {
    return cluster + "-node";
  }

  /** Secret with the authority of the peer links and the operator's certificate. */
  public static String peerAuthoritySecret(String cluster) {
    return cluster + "-peer-ca";
  }

  /** Secret with the nodes' certificate, mounted into every pod. */
  public static String peerNodeSecret(String cluster) {
    return cluster + "-peer-tls";
  }

  /** The one object that says what is: same name as the cluster. */
  public static String topology(String cluster) {
    return cluster;
  }

  /**
   * Host and port of a Service as clients inside the Kubernetes cluster write it.
   *
   * @param clusterDomain empty for a name that every pod resolves whatever the domain is
   */
  public static String endpoint(String service, String namespace, String clusterDomain) {
    String domain = clusterDomain.isEmpty() ? "" : "." + clusterDomain;
    return service + "." + namespace + ".svc" + domain + ":" + Ports.CLIENT;
  }
}
