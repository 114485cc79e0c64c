package dev.kibi.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Assumptions;

/** What a test takes of the cluster. Where that is lacking the test is skipped, and says why. */
final class Requirements {
  private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

  private Requirements() {}

  static void ourMachines() {
    require(Environment.isOurs(), "it has power over machines (expected: those of ./kibi kube up)");
  }

  static void nodesThatMayBeDisturbed() {
    require(
        Environment.mayDisturbNodes(),
        "it drains or labels nodes (expected: KIBI_MAY_DISTURB_NODES=true, where others do not mind)");
  }

  /** So many nodes on which pods without tolerations run. */
  static void nodes(KubernetesClient client, int count) {
    long found =
        client.nodes().list().getItems().stream()
            .filter(node -> node.getSpec().getTaints().isEmpty())
            .count();
    require(
        found >= count, "nodes without taints: " + found + " (expected: at least " + count + ")");
  }

  static void metricsServer(KubernetesClient client) {
    require(
        client.hasApiGroup("metrics.k8s.io", true),
        "metrics.k8s.io: not served (expected: a metrics server)");
  }

  static void imagesWithoutPrefix() {
    require(
        Environment.image("").isEmpty(),
        "KIBI_IMAGE_PREFIX: "
            + Environment.image("")
            + " (expected: none, as in deploy/kibi.yaml)");
  }

  /** The class of volumes of which none is said. */
  static StorageClass defaultStorageClass(KubernetesClient client) {
    return client.storage().v1().storageClasses().list().getItems().stream()
        .filter(found -> "true".equals(found.getMetadata().getAnnotations().get(IS_DEFAULT)))
        .findFirst()
        .orElseGet(() -> Assumptions.abort("StorageClass: none is default (expected: one)"));
  }

  private static void require(boolean there, String otherwise) {
    Assumptions.assumeTrue(there, otherwise);
  }
}
