package dev.kibi.local.cli;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;

/** The Services that clients connect to. */
final class Endpoints {
  private static final String CLUSTER_LABEL = "kibi.dev/cluster";

  private Endpoints() {}

  /** Those of cache clusters that have an address, by name. */
  static List<Service> of(KubernetesClient client) {
    return client.services().inAnyNamespace().withLabel(CLUSTER_LABEL).list().getItems().stream()
        .filter(service -> !"None".equals(service.getSpec().getClusterIP()))
        .sorted(Comparator.comparing(service -> service.getMetadata().getName()))
        .toList();
  }

  /** {@code HOST:PORT}. */
  static String address(Service service) {
    return service.getSpec().getClusterIP()
        + ":"
        + service.getSpec().getPorts().getFirst().getPort();
  }

  static String cluster(Service service) {
    return service.getMetadata().getLabels().getOrDefault(CLUSTER_LABEL, "");
  }
}
