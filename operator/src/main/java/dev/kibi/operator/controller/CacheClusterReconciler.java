package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.act.TopologyWriter;
import dev.kibi.operator.dependent.ClusterServices;
import dev.kibi.operator.dependent.NodeRole;
import dev.kibi.operator.dependent.NodeRoleBinding;
import dev.kibi.operator.dependent.NodeServiceAccount;
import dev.kibi.operator.dependent.ShardDisruptionBudgets;
import dev.kibi.operator.dependent.ShardStatefulSets;
import dev.kibi.operator.diagnosis.Trouble;
import dev.kibi.operator.model.DesiredCluster;
import dev.kibi.operator.model.SpecReader;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.Plan;
import dev.kibi.operator.status.Facts;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings one cluster a step nearer to its spec: observe, validate, plan, apply, one step, status.
 *
 * <p>An election is planned and taken before objects are applied: clients wait for it, and nothing
 * that the API server is slow at may hold it up. The loop is level-triggered, every run starts from
 * what is.
 */
@ControllerConfiguration(name = CacheClusterReconciler.NAME, informer = @Informer)
@Workflow(
    explicitInvocation = true,
    handleExceptionsInReconciler = true,
    dependents = {
      @Dependent(type = NodeServiceAccount.class),
      @Dependent(type = NodeRole.class),
      @Dependent(type = NodeRoleBinding.class),
      @Dependent(type = ClusterServices.class),
      @Dependent(type = ShardStatefulSets.class),
      @Dependent(type = ShardDisruptionBudgets.class)
    })
public final class CacheClusterReconciler
    implements Reconciler<CacheCluster>, Cleaner<CacheCluster> {
  public static final String NAME = "kibi";

  private final Services services;

  public CacheClusterReconciler(Services services) {
    this.services = services;
  }

  @Override
  public List<EventSource<?, CacheCluster>> prepareEventSources(
      EventSourceContext<CacheCluster> context) {
    return services.sources().create(context);
  }

  @Override
  public UpdateControl<CacheCluster> reconcile(
      CacheCluster cluster, Context<CacheCluster> context) {
    ClusterKey key = Keys.of(cluster);
    Recheck recheck = new Recheck();
    List<String> failures = new ArrayList<>();

    services.certificates().load(cluster, key, failures, recheck);
    TopologyWriter writer = services.writers().of(cluster);
    boolean open = services.steps().isOpen(cluster, key, writer, failures, recheck);
    Set<Pod> pods = context.getSecondaryResources(Pod.class);
    ObservedCluster observed = services.sources().observe(cluster, key, writer, context, failures);

    List<String> problems = SpecReader.problems(cluster.getSpec());
    DesiredCluster desired = services.specs().read(cluster);
    long now = System.nanoTime();
    Plan plan =
        services.planner().plan(Goals.of(cluster, desired, problems.isEmpty()), observed, now);
    plan.recheckNanos().ifPresent(recheck::afterNanos);

    if (!plan.isUrgent()) {
      services.certificates().keep(cluster, key, failures, recheck);
    }
    if (!plan.isUrgent() && problems.isEmpty() && !desired.paused()) {
      failures.addAll(ObjectApplier.apply(desired, observed, plan, context));
    }
    if (!open) {
      observed =
          services.steps().run(cluster, key, writer, pods, plan, observed, failures, recheck);
    }
    List<Trouble> troubles = services.sources().troubles(key, context, failures, recheck);
    boolean marked = services.marks().sync(key, observed);
    if (!marked || !failures.isEmpty()) {
      recheck.after(Recheck.AFTER_FAILURE);
    }
    services
        .statuses()
        .publish(
            new Facts(
                cluster,
                desired,
                problems,
                failures,
                troubles,
                observed,
                plan,
                now,
                services.timers()),
            recheck);
    return recheck.control();
  }

  @Override
  public DeleteControl cleanup(CacheCluster cluster, Context<CacheCluster> context) {
    services.forget(Keys.of(cluster));
    return ClusterRemoval.remove(cluster, context)
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval().rescheduleAfter(Recheck.AFTER_FAILURE);
  }
}
