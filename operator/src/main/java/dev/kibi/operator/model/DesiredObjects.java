package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The Kubernetes objects a cluster shall have now.
 *
 * @param shards shards that have a StatefulSet: those the spec asks for and those the topology
 *     still has, because a shard that is drained keeps its pods until its last slot has left
 */
public record DesiredObjects(
    DesiredCluster cluster, NavigableSet<Integer> shards, Map<Integer, Integer> podsByShard) {

  /**
   * Objects for the spec's shards and the shards the topology still has.
   *
   * @param podsByShard shards with another number of pods than the spec asks for
   */
  public static DesiredObjects of(
      DesiredCluster cluster, Iterable<Integer> topologyShards, Map<Integer, Integer> podsByShard) {
    NavigableSet<Integer> shards = new TreeSet<>();
    IntStream.range(0, cluster.shards()).forEach(shards::add);
    topologyShards.forEach(shards::add);
    return new DesiredObjects(cluster, shards, podsByShard);
  }

  public List<StatefulSet> statefulSets() {
    return shards.stream()
        .map(shard ->
            ShardStatefulSet.of(
                cluster, shard, podsByShard.getOrDefault(shard, cluster.podsPerShard())))
        .toList();
  }

  public List<PodDisruptionBudget> disruptionBudgets() {
    return cluster.disruptionBudget()
        ? shards.stream().map(shard -> ShardDisruptionBudget.of(cluster, shard)).toList()
        : List.of();
  }

  public List<Service> services() {
    return ClusterServices.of(cluster);
  }

  public ServiceAccount serviceAccount() {
    return NodeAccess.serviceAccount(cluster);
  }

  public Role role() {
    return NodeAccess.role(cluster);
  }

  public RoleBinding roleBinding() {
    return NodeAccess.roleBinding(cluster);
  }
}
