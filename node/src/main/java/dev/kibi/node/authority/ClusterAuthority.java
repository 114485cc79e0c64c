package dev.kibi.node.authority;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.crds.authority.KubernetesAuthority;
import dev.kibi.node.lane.NodeIdentity;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    Topology alone =
        new Topology(
            node.clusterUid(),
            1,
            1,
            1,
            Durability.PREFERRED,
            List.of(node.info()),
            List.of(Shard.bootstrap(node.shard(), node.id(), List.of())),
            SlotMap.of(Map.of(node.shard(), SlotSet.ALL)),
            List.of(),
            1);
    authority.compareAndSet(0, alone, node.id() + "#bootstrap");
    return authority;
  }
}
