package dev.kibi.operator.model;

import dev.kibi.crds.NodePodSpec;
import dev.kibi.crds.SchedulingSpec;
import dev.kibi.protocol.topology.Durability;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;

/**
 * What the spec of one {@code CacheCluster} asks for, complete: every default is filled in.
 *
 * @param uid uid of the resource; nodes and topology carry it, so that a new cluster of the same
 *     name is never taken for the old one
 * @param imagePullPolicy as Kubernetes writes it
 * @param imagePullSecrets names of Secrets
 * @param clusterDomain domain of the Kubernetes cluster, empty where names end in {@code .svc}
 * @param peerTls whether peer links are encrypted, with certificates that every pod is given
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
    String imagePullPolicy,
    List<LocalObjectReference> imagePullSecrets,
    String maxMemory,
    String evictionPolicy,
    ResourceRequirements resources,
    SchedulingSpec scheduling,
    NodePodSpec podTemplate,
    String clusterDomain,
    boolean disruptionBudget,
    boolean rebalancePaused,
    int maxConcurrentMoves,
    boolean paused,
    boolean peerTls,
    String timerFactor) {

  /** Pods of one shard: the master and its replicas. */
  public int podsPerShard() {
    return 1 + replicas;
  }
}
