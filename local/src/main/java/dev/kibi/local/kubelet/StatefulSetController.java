package dev.kibi.local.kubelet;

import dev.kibi.local.controller.WakeableLoop;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes the pods of StatefulSets, and reports their number. */
public final class StatefulSetController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatefulSetController.class);

  private final KubernetesClient client;
  private final WakeableLoop loop = new WakeableLoop("statefulsets", this::reconcileAll);
  private final SharedIndexInformer<StatefulSet> sets;
  private final SharedIndexInformer<Pod> pods;

  /** Starts to work. */
  public StatefulSetController(KubernetesClient client) {
    this.client = client;
    this.sets = client.apps().statefulSets().inAnyNamespace().inform(loop.wakeOnEvents());
    this.pods = client.pods().inAnyNamespace().inform(loop.wakeOnEvents());
    loop.start();
  }

  private void reconcileAll() {
    for (StatefulSet set : sets.getStore().list()) {
      if (set.getMetadata().getDeletionTimestamp() == null) {
        reconcile(set);
      }
    }
  }

  private void reconcile(StatefulSet set) {
    List<Pod> owned = pods.getStore().list().stream().filter(pod -> isOwnedBy(pod, set)).toList();
    StatefulSetPlan plan = StatefulSetPlan.of(set, owned);
    try {
      for (Pod pod : plan.create()) {
        client.resource(pod).create();
      }
      for (Pod pod : plan.delete()) {
        client.resource(pod).delete();
      }
      if (!plan.status().equals(set.getStatus())) {
        writeStatus(set, plan.status());
      }
    } catch (KubernetesClientException e) {
      // The caches lag behind the server: what is there already or gone already will show up.
      LOG.debug("again set={} error={}", set.getMetadata().getName(), e.getMessage());
    }
  }

  private static boolean isOwnedBy(HasMetadata pod, HasMetadata set) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> Objects.equals(owner.getUid(), set.getMetadata().getUid()));
  }

  private void writeStatus(StatefulSet set, StatefulSetStatus status) {
    client
        .apps()
        .statefulSets()
        .inNamespace(set.getMetadata().getNamespace())
        .withName(set.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("status", status)));
  }

  @Override
  public void close() {
    sets.close();
    pods.close();
    loop.close();
  }
}
