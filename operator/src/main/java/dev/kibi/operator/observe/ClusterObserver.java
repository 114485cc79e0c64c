package dev.kibi.operator.observe;

import dev.kibi.operator.model.Labels;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.LinkState;
import dev.kibi.operator.nodelink.LinkView;
import dev.kibi.operator.nodelink.NodeLinks;
import dev.kibi.operator.nodelink.PodAddress;
import dev.kibi.operator.plan.Contact;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.ObservedPod;
import dev.kibi.operator.plan.ObservedSet;
import dev.kibi.operator.plan.PodState;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is seen of a cluster: its pods and StatefulSets from the informers, what their
 * nodes reported on the control links, and the stored topology. Keeps the links those of the pods
 * and passes the topology on to them.
 */
public final class ClusterObserver {
  /**
   * A pod without an address has never run, so nothing was heard from it for as long as matters.
   */
  private static final long NEVER_HEARD_NANOS = TimeUnit.DAYS.toNanos(1);

  /** Kubernetes' own label: the revision of the template a pod was made from. */
  private static final String REVISION_LABEL = "controller-revision-hash";

  private final NodeLinks links;
  private final MissingPods missingPods;

  public ClusterObserver(NodeLinks links, KubernetesClient client) {
    this.links = links;
    this.missingPods = new MissingPods(client);
  }

  /**
   * The cluster as it is seen now.
   *
   * @param cached the newest topology known
   * @param fresh reads the topology from the API server; asked only when a node knows a newer
   *     version than the cached one
   * @param failures told what could not be found out
   */
  public ObservedCluster observe(
      ClusterKey cluster,
      String clusterUid,
      Collection<Pod> pods,
      Collection<StatefulSet> sets,
      @Nullable Topology cached,
      Supplier<Optional<Topology>> fresh,
      Collection<String> failures) {
    List<ShardPod> shardPods =
        new ArrayList<>(pods.stream().flatMap(pod -> ShardPod.of(pod).stream()).toList());
    MissingPods.Found missing =
        cached == null || !cached.clusterUid().equals(clusterUid)
            ? MissingPods.Found.NOTHING
            : missingPods.find(cluster, cached, shardPods, failures);
    shardPods.addAll(missing.alive());
    links.sync(cluster, clusterUid, addresses(shardPods));
    ObservedCluster seen =
        new ObservedCluster(
            cached,
            shardPods.stream().map(pod -> observed(cluster, pod)).toList(),
            sets.stream().map(ClusterObserver::observed).toList(),
            missing.gone());
    if (cached != null && seen.highestReportedVersion() > cached.version()) {
      seen = seen.with(fresh.get().orElse(cached));
    }
    Topology topology = seen.topology();
    if (topology != null && topology.clusterUid().equals(clusterUid)) {
      links.push(cluster, topology);
    }
    return seen;
  }

  private static List<PodAddress> addresses(Collection<ShardPod> pods) {
    return pods.stream()
        .filter(pod -> hasAddress(pod.pod()))
        .map(pod -> new PodAddress(pod.name(), pod.uid(), pod.pod().getStatus().getPodIP()))
        .toList();
  }

  private ObservedPod observed(ClusterKey cluster, ShardPod shardPod) {
    Pod pod = shardPod.pod();
    long now = System.nanoTime();
    LinkView view =
        links
            .view(cluster, shardPod.uid())
            .orElse(new LinkView(LinkState.CONNECTING, null, now - NEVER_HEARD_NANOS));
    Map<String, String> labels = shardPod.labels();
    String machine = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return new ObservedPod(
        shardPod.name(),
        shardPod.uid(),
        shardPod.shard(),
        new PodState(
            machine == null ? "" : machine,
            labels.getOrDefault(REVISION_LABEL, ""),
            isRunning(pod),
            Readiness.isPodReady(pod),
            pod.getMetadata().getDeletionTimestamp() != null || isTold(view.report()),
            labels.getOrDefault(Labels.ROLE, ""),
            isMasterRequested(pod)),
        contact(view.state()),
        view.report(),
        view.heardAtNanos());
  }

  /**
   * A StatefulSet whose template changed names the revision of the one before until its controller
   * has looked at it.
   */
  private static ObservedSet observed(StatefulSet set) {
    StatefulSetStatus status = set.getStatus();
    Long generation = set.getMetadata().getGeneration();
    boolean current =
        status != null
            && status.getObservedGeneration() != null
            && generation != null
            && status.getObservedGeneration() >= generation;
    return new ObservedSet(
        Integer.parseInt(set.getMetadata().getLabels().get(Labels.SHARD)),
        set.getSpec().getReplicas(),
        current ? status.getUpdateRevision() : null);
  }

  private static boolean isRunning(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getContainerStatuses().stream()
            .anyMatch(c -> c.getState() != null && c.getState().getRunning() != null);
  }

  private static boolean isTold(@Nullable NodeReport report) {
    return report != null && report.leaving();
  }

  private static boolean isMasterRequested(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(Labels.MAKE_MASTER));
  }

  private static Contact contact(LinkState state) {
    return switch (state) {
      case CONNECTING -> Contact.NONE;
      case OPEN -> Contact.OPEN;
      case REFUSED -> Contact.REFUSED;
      case LOST -> Contact.LOST;
    };
  }

  private static boolean hasAddress(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && !pod.getStatus().getPodIP().isEmpty();
  }
}
