package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Durability;

/**
 * What the spec asks of the topology.
 *
 * @param clusterUid uid of the resource; a topology of another uid is not ours
 * @param shards shards 0 to {@code shards - 1} shall exist, and no others
 * @param replicas copies of a shard beside its master
 * @param maxConcurrentMoves moves in flight per source and per target shard
 * @param rebalancePaused plan no further slot move
 * @param paused change nothing but lost masters and the members of shards
 * @param recoverUncleanly what a person confirms by the annotation of that name, as it was written
 */
public record Goal(
    String clusterUid,
    int shards,
    int replicas,
    Durability durability,
    int maxConcurrentMoves,
    boolean rebalancePaused,
    boolean paused,
    String recoverUncleanly) {

  /** Annotation of the CacheCluster: {@code SHARD@EPOCH} of shards that shall wait no longer. */
  public static final String RECOVER_UNCLEANLY = "kibi.dev/recover-uncleanly";

  /** What is asked for while nobody confirms anything. */
  public Goal(
      String clusterUid,
      int shards,
      int replicas,
      Durability durability,
      int maxConcurrentMoves,
      boolean rebalancePaused,
      boolean paused) {
    this(clusterUid, shards, replicas, durability, maxConcurrentMoves, rebalancePaused, paused, "");
  }
}
