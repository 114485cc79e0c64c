package dev.kibi.operator.model;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheClusterSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource and says what is wrong with it. The API server checks most of it before by the
 * CRD's schema and rules; what is said here again protects where those are not enforced, and what
 * compares quantities can only be said here.
 */
public final class SpecReader {
  private static final int SHARDS_MAX = 512;
  private static final int REPLICAS_MAX = 5;
  private static final int MOVES_MAX = 16;

  private final String timerFactor;
  private final boolean peerTls;

  /**
   * @param timerFactor given to the nodes as it is
   * @param peerTls whether peer links are encrypted
   */
  public SpecReader(String timerFactor, boolean peerTls) {
    this.timerFactor = timerFactor;
    this.peerTls = peerTls;
  }

  /** What the resource asks for. */
  public DesiredCluster read(CacheCluster cluster) {
    CacheClusterSpec spec = cluster.getSpec();
    ResourceRequirements resources = spec.getResources();
    String domain = spec.getNetworking().getClusterDomain();
    return new DesiredCluster(
        cluster.getMetadata().getNamespace(),
        cluster.getMetadata().getName(),
        cluster.getMetadata().getUid(),
        spec.getShards(),
        spec.getReplicas(),
        spec.getDurability().durability(),
        spec.getImage(),
        spec.getImagePullPolicy().text(),
        spec.getImagePullSecrets(),
        spec.getMemory().getMaxMemory(),
        spec.getMemory().getEvictionPolicy().text(),
        resources == null ? new ResourceRequirements() : resources,
        spec.getScheduling(),
        spec.getPodTemplate(),
        domain == null ? "" : domain,
        spec.getPodDisruptionBudget().isEnabled(),
        spec.getRebalance().isPaused(),
        spec.getRebalance().getMaxConcurrentMoves(),
        spec.isPaused(),
        peerTls,
        timerFactor);
  }

  /**
   * What is wrong with the spec, each as a sentence that names the field; empty when it can be
   * done.
   */
  public static List<String> problems(CacheClusterSpec spec) {
    List<String> problems = new ArrayList<>();
    range(problems, "shards", spec.getShards(), 1, SHARDS_MAX);
    range(problems, "replicas", spec.getReplicas(), 0, REPLICAS_MAX);
    range(
        problems,
        "rebalance.maxConcurrentMoves",
        spec.getRebalance().getMaxConcurrentMoves(),
        1,
        MOVES_MAX);
    if (spec.getImage().isBlank()) {
      problems.add("spec.image: empty (expected: the image of the cache node)");
    }
    ResourceRequirements resources = spec.getResources();
    if (resources != null) {
      negatives(problems, "requests", resources.getRequests());
      negatives(problems, "limits", resources.getLimits());
    }
    String memory = memoryProblem(spec);
    if (memory != null) {
      problems.add(memory);
    }
    return problems;
  }

  private static void range(List<String> problems, String field, int value, int min, int max) {
    if (value < min || value > max) {
      problems.add("spec." + field + ": " + value + " (expected: " + min + ".." + max + ")");
    }
  }

  private static void negatives(
      List<String> problems, String part, @Nullable Map<String, Quantity> amounts) {
    if (amounts == null) {
      return;
    }
    new TreeMap<>(amounts)
        .forEach((name, amount) -> {
          if (amount.getNumericalAmount().signum() < 0) {
            problems.add(
                "spec.resources." + part + "." + name + ": " + amount + " (expected: 0 or more)");
          }
        });
  }

  private static @Nullable String memoryProblem(CacheClusterSpec spec) {
    String maxMemory = spec.getMemory().getMaxMemory();
    if (maxMemory.endsWith("%")) {
      return null;
    }
    long bytes;
    try {
      bytes = Quantity.getAmountInBytes(new Quantity(maxMemory)).longValueExact();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return "spec.memory.maxMemory: \""
          + maxMemory
          + "\" (expected: a percentage such as 75% or a quantity such as 512Mi)";
    }
    ResourceRequirements resources = spec.getResources();
    Quantity limit =
        resources == null || resources.getLimits() == null
            ? null
            : resources.getLimits().get("memory");
    if (limit != null && bytes > Quantity.getAmountInBytes(limit).longValue()) {
      return "spec.memory.maxMemory: "
          + maxMemory
          + " (expected: at most spec.resources.limits.memory, "
          + limit
          + ")";
    }
    return null;
  }
}
