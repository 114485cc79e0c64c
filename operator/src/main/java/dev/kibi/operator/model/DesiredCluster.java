package dev.kibi.operator.model;

import dev.kibi.protocol.topology.Durability;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

/**
 * What the spec of one {@code CacheCluster} asks for, complete: every default is filled in.
 *
 * @param uid uid of the resource; nodes and topology carry it, so that a new cluster of the same
 *     name is never taken for the old one
 * @param paused objects are left as they are and no slot is moved; lost masters are still replaced
 */
public record DesiredCluster(
    String namespace,
    String name,
    String uid,
    int shards,
    int replicas,
    Durability durability,
    String image,
    String maxMemory,
    String evictionPolicy,
    ResourceRequirements resources,
    boolean disruptionBudget,
    boolean rebalancePaused,
    int maxConcurrentMoves,
    boolean paused,
    String timerFactor) {

  /** Pods of one shard: the master and its replicas. */
  public int podsPerShard() {
    return 1 + replicas;
  }
}
