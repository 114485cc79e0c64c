package dev.kibi.operator.status;

import dev.kibi.crds.CacheClusterStatus;
import dev.kibi.crds.EndpointsStatus;
import dev.kibi.crds.RebalanceStatus;
import dev.kibi.crds.ShardStatus;
import dev.kibi.operator.model.Labels;
import dev.kibi.operator.model.Names;
import dev.kibi.protocol.topology.Topology;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the status of a cluster, whole, from facts; pure. */
public final class StatusBuilder {
  private StatusBuilder() {}

  /**
   * The status.
   *
   * @param before the status it replaces, if there is one
   * @param now for conditions that change
   */
  public static CacheClusterStatus build(
      Facts facts, @Nullable CacheClusterStatus before, Instant now) {
    Topology topology = facts.observed().topology();
    List<ShardHealth> shards =
        topology == null
            ? List.of()
            : topology.shards().stream()
                .map(shard -> ShardHealth.of(shard, topology, facts))
                .toList();
    Long generation = facts.cluster().getMetadata().getGeneration();
    CacheClusterStatus status = new CacheClusterStatus();
    status.setObservedGeneration(generation == null ? 0L : generation);
    status.setShards(shards.size());
    status.setReadyShards(
        Math.toIntExact(
            shards.stream().filter(shard -> shard.serving() && shard.isReplicated()).count()));
    status.setReplicas(facts.desired().replicas());
    status.setSelector(Labels.mastersSelector(facts.desired().name()));
    status.setEndpoints(endpoints(facts));
    status.setVersion(topology == null ? 0L : topology.version());
    status.setDataGeneration(dataGeneration(facts, before));
    status.setShardStatuses(shards.stream().map(StatusBuilder::shard).toList());
    status.setRebalance(rebalance(facts));
    status.setConditions(
        Conditions.build(
            new Verdicts(facts, shards).all(),
            before == null ? List.of() : before.getConditions(),
            generation == null ? 0 : generation,
            now));
    return status;
  }

  /** As it was while there is no topology, or only one of another cluster. */
  private static @Nullable Long dataGeneration(Facts facts, @Nullable CacheClusterStatus before) {
    Topology topology = facts.observed().topology();
    if (topology != null && topology.clusterUid().equals(facts.desired().uid())) {
      return topology.generation();
    }
    return before == null ? Long.valueOf(Topology.FIRST_GENERATION) : before.getDataGeneration();
  }

  private static EndpointsStatus endpoints(Facts facts) {
    String name = facts.desired().name();
    String namespace = facts.desired().namespace();
    String domain = facts.desired().clusterDomain();
    EndpointsStatus endpoints = new EndpointsStatus();
    endpoints.setCluster(Names.endpoint(Names.clusterService(name), namespace, domain));
    endpoints.setRead(Names.endpoint(Names.readService(name), namespace, domain));
    return endpoints;
  }

  private static ShardStatus shard(ShardHealth health) {
    ShardStatus status = new ShardStatus();
    status.setId(health.id());
    status.setMaster(health.master());
    status.setEpoch(health.epoch());
    status.setSlots(health.slots());
    status.setInSync(health.inSync());
    status.setNodes(health.nodes());
    return status;
  }

  private static RebalanceStatus rebalance(Facts facts) {
    Topology topology = facts.observed().topology();
    RebalanceStatus status = new RebalanceStatus();
    status.setPendingSlots(facts.plan().pendingSlots());
    status.setMovingSlots(topology == null ? 0 : topology.movingSlots().size());
    return status;
  }
}
