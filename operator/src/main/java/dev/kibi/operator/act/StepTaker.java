package dev.kibi.operator.act;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.NodeLinks;
import dev.kibi.operator.plan.Action;
import dev.kibi.operator.plan.Step;
import dev.kibi.protocol.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one step: stores it, sends the new topology to every node, and says what was done and why
 * (log, Event, metric).
 */
public final class StepTaker {
  private static final Logger log = LoggerFactory.getLogger(StepTaker.class);

  private final NodeLinks links;
  private final BiConsumer<ClusterKey, Topology> remember;
  private final EventRecorder events;
  private final MeterRegistry metrics;

  /**
   * @param remember told of every topology that was written or read on the way
   */
  public StepTaker(
      NodeLinks links,
      BiConsumer<ClusterKey, Topology> remember,
      EventRecorder events,
      MeterRegistry metrics) {
    this.links = links;
    this.remember = remember;
    this.events = events;
    this.metrics = metrics;
  }

  /** Takes a planned step. */
  public Outcome take(CacheCluster cluster, ClusterKey key, TopologyWriter writer, Step step) {
    long startNanos = System.nanoTime();
    Outcome outcome = writer.write(step);
    metrics
        .timer("kibi.operator.cas", "outcome", outcome.getClass().getSimpleName())
        .record(Duration.ofNanos(System.nanoTime() - startNanos));
    concluded(cluster, key, step, outcome);
    return outcome;
  }

  /** Passes on and says what became of a step, now or, for one that was open, later. */
  public void concluded(CacheCluster cluster, ClusterKey key, Step step, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> {
        pass(key, done.topology());
        log.info(
            "{}: {}: {} (version {})",
            key,
            step.reason().camelCase(),
            step.message(),
            step.next().version());
        metrics
            .counter(
                "kibi.operator.steps",
                "action",
                step.action().kind(),
                "reason",
                step.reason().camelCase())
            .increment();
        announce(cluster, step);
      }
      case Outcome.Overtaken overtaken -> {
        pass(key, overtaken.current());
        log.info(
            "{}: {} was overtaken by version {}",
            key,
            step.reason().camelCase(),
            overtaken.current().version());
      }
      case Outcome.Refused refused ->
          log.error("{}: {} was refused: {}", key, step.reason().camelCase(), refused.reason());
      case Outcome.Unknown unknown ->
          log.warn(
              "{}: {} has no known outcome: {}", key, step.reason().camelCase(), unknown.reason());
    }
  }

  private void pass(ClusterKey key, Topology topology) {
    links.push(key, topology);
    remember.accept(key, topology);
  }

  /**
   * Every decision is an Event, but for the many batches of a rebalance, whose begin and end are
   * told by its condition, and for a new generation, which is told with the status: from what is
   * stored, whoever stored it.
   */
  private void announce(CacheCluster cluster, Step step) {
    if (step.action() instanceof Action.PlanMoves
        || step.action() instanceof Action.UncleanRecovery) {
      return;
    }
    EventRecorder.Type type =
        step.action().isUrgent() ? EventRecorder.Type.WARNING : EventRecorder.Type.NORMAL;
    events.record(
        cluster, type, step.reason().camelCase(), step.reason().sentence() + " " + step.message());
  }
}
