package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.act.EventRecorder;
import dev.kibi.operator.act.RoleLabels;
import dev.kibi.operator.act.StepTaker;
import dev.kibi.operator.model.SpecReader;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.LinkSettings;
import dev.kibi.operator.nodelink.NodeLinks;
import dev.kibi.operator.observe.ClusterObserver;
import dev.kibi.operator.observe.TopologyCache;
import dev.kibi.operator.plan.Planner;
import dev.kibi.operator.plan.Timers;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** What the reconciler works with, wired once. */
public final class Services implements AutoCloseable {
  private final Timers timers;
  private final SpecReader specs;
  private final NodeLinks links;
  private final TopologyCache topologies = new TopologyCache();
  private final Sources sources;
  private final Planner planner;
  private final TopologyWriters writers;
  private final StepTaker steps;
  private final RoleLabels roles;
  private final StatusPublisher statuses;

  public Services(
      KubernetesClient client, Clock clock, MeterRegistry metrics, ServiceSettings settings) {
    SimpleInboundEventSource<CacheCluster> wakeUps =
        new SimpleInboundEventSource<>("control-links");
    timers = Timers.scaled(settings.timerFactor());
    specs = new SpecReader(settings.nodeImage(), settings.timerFactorText());
    links =
        new NodeLinks(
            LinkSettings.scaled(settings.peerPort(), settings.timerFactor()),
            cluster -> wakeUps.propagateEvent(Keys.resource(cluster)));
    sources = new Sources(wakeUps, new ClusterObserver(links), topologies);
    planner = new Planner(timers);
    writers = new TopologyWriters(client, settings.deadline());
    EventRecorder events = new EventRecorder(client, clock, settings.instance(), metrics);
    steps = new StepTaker(links, topologies::remember, events, metrics);
    roles = new RoleLabels(client);
    statuses =
        new StatusPublisher(
            clock,
            events,
            new ClusterMetrics(metrics, links),
            client.getKubernetesSerialization(),
            new StatusWriter(client, settings.serverSideApply()));
  }

  Timers timers() {
    return timers;
  }

  SpecReader specs() {
    return specs;
  }

  TopologyCache topologies() {
    return topologies;
  }

  Sources sources() {
    return sources;
  }

  Planner planner() {
    return planner;
  }

  TopologyWriters writers() {
    return writers;
  }

  StepTaker steps() {
    return steps;
  }

  RoleLabels roles() {
    return roles;
  }

  StatusPublisher statuses() {
    return statuses;
  }

  /** Drops what is kept in memory of a cluster that is being deleted. */
  void forget(ClusterKey cluster) {
    links.close(cluster);
    topologies.forget(cluster);
    writers.forget(cluster);
    statuses.forget(cluster);
  }

  @Override
  public void close() {
    links.close();
  }
}
