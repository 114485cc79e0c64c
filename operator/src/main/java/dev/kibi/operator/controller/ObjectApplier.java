package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.model.DesiredCluster;
import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.Plan;
import dev.kibi.operator.plan.Reason;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies the objects of a cluster through the dependents. What fails is reported, not thrown: the
 * rest of the reconcile goes on, and objects of other kinds are applied all the same.
 */
final class ObjectApplier {
  private static final Set<Reason> DISTRUST =
      Set.of(Reason.FOREIGN_TOPOLOGY, Reason.TOPOLOGY_MISSING, Reason.TOPOLOGY_WENT_BACK);

  private ObjectApplier() {}

  /** Applies everything; returns what failed, in sentences. */
  @SuppressWarnings("rawtypes") // the SDK's result names dependents by their raw type
  static List<String> apply(
      DesiredCluster desired, ObservedCluster observed, Plan plan, Context<CacheCluster> context) {
    var workflow = context.managedWorkflowAndDependentResourceContext();
    workflow.put(
        DesiredObjects.class,
        DesiredObjects.of(desired, shardsToKeep(observed, plan, context), plan.podsByShard()));
    WorkflowReconcileResult result = workflow.reconcileManagedWorkflow();
    return result.getErroredDependents().entrySet().stream()
        .map(failed ->
            failed.getKey().resourceType().getSimpleName() + ": " + rootMessage(failed.getValue()))
        .sorted()
        .toList();
  }

  /**
   * Shards whose pods stay whatever the spec says: those the topology has. Without a topology that
   * can be trusted, those that exist: a StatefulSet is removed only because its shard was, never
   * because something could not be read.
   */
  private static Set<Integer> shardsToKeep(
      ObservedCluster observed, Plan plan, Context<CacheCluster> context) {
    Set<Integer> keep = new TreeSet<>();
    Topology topology = observed.topology();
    if (topology != null) {
      topology.shards().stream().map(Shard::id).forEach(keep::add);
    }
    if (topology == null
        || plan.holds().stream().anyMatch(hold -> DISTRUST.contains(hold.reason()))) {
      context.getSecondaryResources(StatefulSet.class).stream()
          .map(set -> set.getMetadata().getLabels().get(Labels.SHARD))
          .map(Integer::valueOf)
          .forEach(keep::add);
    }
    return keep;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
