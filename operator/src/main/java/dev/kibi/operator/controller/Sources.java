package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.operator.act.TopologyWriter;
import dev.kibi.operator.diagnosis.Trouble;
import dev.kibi.operator.model.Labels;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.observe.ClusterObserver;
import dev.kibi.operator.observe.TopologyCache;
import dev.kibi.operator.observe.TroubleFinder;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the reconciler learns from, beside the objects it applies: pods, topologies and control
 * links.
 */
final class Sources {
  private final SimpleInboundEventSource<CacheCluster> wakeUps;
  private final ClusterObserver observer;
  private final TopologyCache topologies;
  private final TroubleFinder troubles;

  Sources(
      SimpleInboundEventSource<CacheCluster> wakeUps,
      ClusterObserver observer,
      TopologyCache topologies,
      TroubleFinder troubles) {
    this.wakeUps = wakeUps;
    this.observer = observer;
    this.topologies = topologies;
    this.troubles = troubles;
  }

  List<EventSource<?, CacheCluster>> create(EventSourceContext<CacheCluster> context) {
    InformerEventSource<Pod, CacheCluster> pods =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, CacheCluster.class)
                .withName("pods")
                .withLabelSelector(Labels.MANAGED_SELECTOR + "," + Labels.CLUSTER)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(pod ->
                    Set.of(
                        new ResourceID(
                            pod.getMetadata().getLabels().get(Labels.CLUSTER),
                            pod.getMetadata().getNamespace())))
                .build(),
            context);
    InformerEventSource<CacheTopology, CacheCluster> stored =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(CacheTopology.class, CacheCluster.class)
                .withName("topologies")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(topology -> Set.of(Keys.sameName(topology)))
                .build(),
            context);
    return List.of(pods, stored, wakeUps);
  }

  /** What keeps pods of the cluster from working; what only looking again can find is rechecked. */
  List<Trouble> troubles(
      ClusterKey key, Context<CacheCluster> context, List<String> failures, Recheck recheck) {
    TroubleFinder.Findings findings =
        troubles.find(
            key,
            context.getSecondaryResources(Pod.class),
            context.getSecondaryResources(StatefulSet.class),
            failures);
    if (!findings.isComplete()) {
      recheck.after(Recheck.TROUBLE);
    }
    return findings.troubles();
  }

  /** Lets the cluster be reconciled now. */
  void wake(ClusterKey cluster) {
    wakeUps.propagateEvent(Keys.resource(cluster));
  }

  ObservedCluster observe(
      CacheCluster cluster,
      ClusterKey key,
      TopologyWriter writer,
      Context<CacheCluster> context,
      List<String> failures) {
    String uid = cluster.getMetadata().getUid();
    Optional<Topology> shown =
        context.getSecondaryResource(CacheTopology.class).flatMap(object -> read(object, failures));
    Optional<Topology> newest = topologies.current(key, uid, shown);
    return observer.observe(
        key,
        uid,
        context.getSecondaryResources(Pod.class),
        context.getSecondaryResources(StatefulSet.class),
        newest.orElse(null),
        () -> readAfresh(key, writer, failures),
        failures);
  }

  private static Optional<Topology> read(CacheTopology object, List<String> failures) {
    try {
      return Optional.of(TopologyMapping.toTopology(object.getSpec()));
    } catch (IllegalArgumentException e) {
      failures.add("The CacheTopology cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Topology> readAfresh(
      ClusterKey key, TopologyWriter writer, List<String> failures) {
    try {
      Optional<Topology> fresh = writer.read();
      fresh.ifPresent(topology -> topologies.remember(key, topology));
      return fresh;
    } catch (AuthorityUnavailableException e) {
      failures.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
