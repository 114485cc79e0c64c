package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.act.Outcome;
import dev.kibi.operator.act.TopologyWriter;
import dev.kibi.operator.dependent.ClusterServices;
import dev.kibi.operator.dependent.NodeRole;
import dev.kibi.operator.dependent.NodeRoleBinding;
import dev.kibi.operator.dependent.NodeServiceAccount;
import dev.kibi.operator.dependent.ShardDisruptionBudgets;
import dev.kibi.operator.dependent.ShardStatefulSets;
import dev.kibi.operator.model.DesiredCluster;
import dev.kibi.operator.model.SpecReader;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.Plan;
import dev.kibi.operator.status.Facts;
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

    TopologyWriter writer = services.writers().of(cluster);
    boolean open = !settle(cluster, key, writer, failures, recheck);
    ObservedCluster observed = services.sources().observe(cluster, key, writer, context, failures);

    List<String> problems = SpecReader.problems(cluster.getSpec());
    DesiredCluster desired = services.specs().read(cluster);
    long now = System.nanoTime();
    Plan plan = services.planner().plan(Goals.of(desired, problems.isEmpty()), observed, now);
    plan.recheckNanos().ifPresent(recheck::afterNanos);

    if (!plan.isUrgent() && problems.isEmpty() && !desired.paused()) {
      failures.addAll(ObjectApplier.apply(desired, observed, plan, context));
    }
    if (plan.step().isPresent() && !open) {
      Outcome outcome = services.steps().take(cluster, key, writer, plan.step().get());
      observed = after(outcome, observed, key, failures, recheck);
    }
    boolean labelled = services.roles().sync(key, observed);
    if (!labelled || !failures.isEmpty()) {
      recheck.after(Recheck.AFTER_FAILURE);
    }
    services
        .statuses()
        .publish(
            new Facts(cluster, desired, problems, failures, observed, plan, now, services.timers()),
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

  /** Sends a request without an answer again; returns whether nothing is open any more. */
  private boolean settle(
      CacheCluster cluster,
      ClusterKey key,
      TopologyWriter writer,
      List<String> failures,
      Recheck recheck) {
    return writer
        .settle(services.topologies().version(key))
        .map(settled -> {
          services.steps().concluded(cluster, key, settled.step(), settled.outcome());
          if (settled.outcome() instanceof Outcome.Unknown unknown) {
            failures.add(unknown.reason());
            recheck.after(Recheck.UNKNOWN_OUTCOME);
            return false;
          }
          return true;
        })
        .orElse(true);
  }

  private ObservedCluster after(
      Outcome outcome,
      ObservedCluster observed,
      ClusterKey key,
      List<String> failures,
      Recheck recheck) {
    return switch (outcome) {
      case Outcome.Done done -> {
        services.sources().wake(key); // the next step need not wait for the informer
        yield new ObservedCluster(done.topology(), observed.pods());
      }
      case Outcome.Overtaken overtaken -> {
        services.sources().wake(key);
        yield new ObservedCluster(overtaken.current(), observed.pods());
      }
      case Outcome.Refused refused -> {
        failures.add("The step was refused: " + refused.reason());
        yield observed;
      }
      case Outcome.Unknown unknown -> {
        failures.add(unknown.reason());
        recheck.after(Recheck.UNKNOWN_OUTCOME);
        yield observed;
      }
    };
  }
}
