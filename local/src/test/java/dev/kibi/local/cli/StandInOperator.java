package dev.kibi.local.cli;

import dev.kibi.crds.CacheCluster;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.concurrent.CountDownLatch;

/** Stands in for the operator: makes a Service for every cluster and calls it ready. */
public final class StandInOperator implements ResourceEventHandler<CacheCluster> {
  private final KubernetesClient client;

  private StandInOperator(KubernetesClient client) {
    this.client = client;
  }

  public static void main(String[] args) throws InterruptedException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      client.resources(CacheCluster.class).inform(new StandInOperator(client));
      new CountDownLatch(1).await();
    }
  }

  @Override
  public void onAdd(CacheCluster cluster) {
    String name = cluster.getMetadata().getName();
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kibi.dev/cluster", name)
                .endMetadata()
                .withNewSpec()
                .addToSelector("kibi.dev/cluster", name)
                .addNewPort()
                .withPort(6379)
                .endPort()
                .endSpec()
                .build())
        .create();
    client
        .resource(cluster)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status": {"observedGeneration": %d, "conditions": [{"type": "Ready",
             "status": "True", "reason": "StandIn", "message": "",
             "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
            """
                .formatted(cluster.getMetadata().getGeneration()));
  }

  @Override
  public void onUpdate(CacheCluster before, CacheCluster after) {
    // A stand-in does not follow changes.
  }

  @Override
  public void onDelete(CacheCluster cluster, boolean stateUnknown) {
    // Its Service may stay.
  }
}
