package dev.kibi.node.authority;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.crds.authority.KubernetesAuthority;
import dev.kibi.node.lane.NodeIdentity;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/** Where a node finds its cluster's topology. */
public final class ClusterAuthority {

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private ClusterAuthority() {}

  /** The CacheTopology object of a cluster, by the pod's service account or {@code KUBECONFIG}. */
  public static Authority kubernetes(String namespace, String cluster, String clusterUid) {
    return new KubernetesAuthority(
        new KubernetesClientBuilder().build(),
        new ObjectMetaBuilder().withNamespace(namespace).withName(cluster).build(),
        clusterUid,
        DEADLINE);
  }

  /** A topology in memory in which one node owns every slot. */
  public static Authority standalone(NodeIdentity node) {
    Authority authority = new InMemoryAuthority();
    Topology alone = Topology.ofOneNode(node.clusterUid(), node.info(), node.shard());
    authority.compareAndSet(0, alone, node.id() + "#bootstrap");
    return authority;
  }
}
