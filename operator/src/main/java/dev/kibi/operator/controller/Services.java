package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.act.CertificateKeeper;
import dev.kibi.operator.act.DisruptionTaker;
import dev.kibi.operator.act.EventRecorder;
import dev.kibi.operator.act.PodMarks;
import dev.kibi.operator.act.StepTaker;
import dev.kibi.operator.model.SpecReader;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.LinkSettings;
import dev.kibi.operator.nodelink.NodeLinks;
import dev.kibi.operator.nodelink.PeerSockets;
import dev.kibi.operator.observe.ClusterObserver;
import dev.kibi.operator.observe.TopologyCache;
import dev.kibi.operator.observe.TroubleFinder;
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
  private final Certificates certificates;
  private final TopologyCache topologies = new TopologyCache();
  private final Sources sources;
  private final Planner planner;
  private final TopologyWriters writers;
  private final TroubleFinder troubles;
  private final DisruptionTaker disruptions;
  private final StepRunner steps;
  private final PodMarks marks;
  private final StatusPublisher statuses;

  public Services(
      KubernetesClient client, Clock clock, MeterRegistry metrics, ServiceSettings settings) {
    SimpleInboundEventSource<CacheCluster> wakeUps =
        new SimpleInboundEventSource<>("control-links");
    timers = Timers.scaled(settings.timerFactor());
    specs = new SpecReader(settings.timerFactorText(), settings.peerTls().required());
    PeerSockets sockets = new PeerSockets(settings.peerTls().required());
    links =
        new NodeLinks(
            LinkSettings.scaled(settings.peerPort(), settings.timerFactor()),
            sockets,
            cluster -> wakeUps.propagateEvent(Keys.resource(cluster)));
    troubles = new TroubleFinder(client, Recheck.TROUBLE.toNanos());
    sources = new Sources(wakeUps, new ClusterObserver(links, client), topologies, troubles);
    planner = new Planner(timers);
    writers = new TopologyWriters(client, settings.deadline());
    EventRecorder events = new EventRecorder(client, clock, settings.instance(), metrics);
    certificates =
        settings.peerTls().required()
            ? Certificates.kept(
                new CertificateKeeper(
                    client, settings.peerTls().lifetimes(), clock, sockets, events, metrics))
            : Certificates.none();
    disruptions = new DisruptionTaker(client, links, events, metrics);
    steps =
        new StepRunner(
            topologies,
            sources,
            new StepTaker(links, topologies::remember, events, metrics),
            disruptions);
    marks = new PodMarks(client);
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

  Certificates certificates() {
    return certificates;
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

  StepRunner steps() {
    return steps;
  }

  PodMarks marks() {
    return marks;
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
    troubles.forget(cluster);
    certificates.forget(cluster);
    disruptions.forget(cluster);
  }

  @Override
  public void close() {
    links.close();
  }
}
