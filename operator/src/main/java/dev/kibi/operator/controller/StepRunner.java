package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.act.DisruptionTaker;
import dev.kibi.operator.act.Outcome;
import dev.kibi.operator.act.StepTaker;
import dev.kibi.operator.act.TopologyWriter;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.observe.TopologyCache;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.Plan;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;

/**
 * Takes the step of a plan, or its disruption, and turns the outcome into what the rest of the
 * reconcile goes on with. Nothing is begun while the outcome of an earlier step is open.
 */
final class StepRunner {

  private final TopologyCache topologies;
  private final Sources sources;
  private final StepTaker steps;
  private final DisruptionTaker disruptions;

  StepRunner(
      TopologyCache topologies, Sources sources, StepTaker steps, DisruptionTaker disruptions) {
    this.topologies = topologies;
    this.sources = sources;
    this.steps = steps;
    this.disruptions = disruptions;
  }

  /** Sends a request without an answer again; returns whether one is still open. */
  boolean isOpen(
      CacheCluster cluster,
      ClusterKey key,
      TopologyWriter writer,
      List<String> failures,
      Recheck recheck) {
    return writer
        .settle(topologies.version(key))
        .map(settled -> {
          steps.concluded(cluster, key, settled.step(), settled.outcome());
          if (settled.outcome() instanceof Outcome.Unknown unknown) {
            failures.add(unknown.reason());
            recheck.after(Recheck.UNKNOWN_OUTCOME);
            return true;
          }
          return false;
        })
        .orElse(false);
  }

  /** Does what is planned; returns the cluster as it is then. */
  ObservedCluster run(
      CacheCluster cluster,
      ClusterKey key,
      TopologyWriter writer,
      Collection<Pod> pods,
      Plan plan,
      ObservedCluster observed,
      List<String> failures,
      Recheck recheck) {
    plan.disruption()
        .flatMap(disruption -> disruptions.take(cluster, key, pods, disruption))
        .ifPresent(failures::add);
    return plan.step()
        .map(step -> steps.take(cluster, key, writer, step))
        .map(outcome -> after(outcome, observed, key, failures, recheck))
        .orElse(observed);
  }

  private ObservedCluster after(
      Outcome outcome,
      ObservedCluster observed,
      ClusterKey key,
      List<String> failures,
      Recheck recheck) {
    return switch (outcome) {
      case Outcome.Done done -> {
        sources.wake(key); // the next step need not wait for the informer
        yield observed.with(done.topology());
      }
      case Outcome.Overtaken overtaken -> {
        sources.wake(key);
        yield observed.with(overtaken.current());
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
