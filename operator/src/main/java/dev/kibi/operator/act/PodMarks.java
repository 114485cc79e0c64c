package dev.kibi.operator.act;

import dev.kibi.operator.model.Labels;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.ObservedPod;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the role label of the pods what the topology says; the read Service and autoscalers select
 * by it. Takes the request to become master off a pod that is.
 */
public final class PodMarks {
  private static final Logger log = LoggerFactory.getLogger(PodMarks.class);

  private final KubernetesClient client;

  public PodMarks(KubernetesClient client) {
    this.client = client;
  }

  /** Patches the pods whose marks differ; returns whether all of them are right now. */
  public boolean sync(ClusterKey cluster, ObservedCluster observed) {
    Topology topology = observed.topology();
    if (topology == null) {
      return true;
    }
    boolean right = true;
    for (ObservedPod pod : observed.pods()) {
      String role = role(pod, topology);
      boolean done = pod.state().masterRequested() && role.equals(Labels.ROLE_MASTER);
      if (!role.equals(pod.state().role()) || done) {
        right &= patch(cluster, pod.name(), role, done);
      }
    }
    return right;
  }

  /** A pod whose process is in no shard (yet) has no role: it serves neither writes nor reads. */
  private static String role(ObservedPod pod, Topology topology) {
    NodeReport report = pod.report();
    if (report == null) {
      return pod.state().role();
    }
    Optional<Shard> shard = topology.shardOf(report.node());
    if (shard.isEmpty()) {
      return "";
    }
    return shard.get().isMaster(report.node()) ? Labels.ROLE_MASTER : Labels.ROLE_REPLICA;
  }

  private boolean patch(ClusterKey cluster, String pod, String role, boolean done) {
    String value = role.isEmpty() ? "null" : "\"" + role + "\"";
    String annotations = done ? ",\"annotations\":{\"" + Labels.MAKE_MASTER + "\":null}" : "";
    String patch =
        "{\"metadata\":{\"labels\":{\"" + Labels.ROLE + "\":" + value + "}" + annotations + "}}";
    try {
      Pod named =
          new PodBuilder()
              .withNewMetadata()
              .withNamespace(cluster.namespace())
              .withName(pod)
              .endMetadata()
              .build();
      client.resource(named).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return true; // gone meanwhile
      }
      log.warn("{}: role {} of {} was not set: {}", cluster, value, pod, e.getMessage());
      return false;
    }
  }
}
