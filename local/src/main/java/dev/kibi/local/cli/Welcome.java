package dev.kibi.local.cli;

import dev.kibi.local.instance.Settings;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.List;

/** What to know and try once all is ready. */
final class Welcome {
  private final List<Service> endpoints;
  private final Settings settings;

  Welcome(KubernetesClient client, Settings settings) {
    this.endpoints = Endpoints.of(client);
    this.settings = settings;
  }

  void print(PrintWriter out) {
    out.println("Ready.");
    for (Service service : endpoints) {
      out.printf("  %-16s %s%n", service.getMetadata().getName(), Endpoints.address(service));
    }
    out.printf("  %-16s %s%n", "kubeconfig", settings.state().kubeconfig());
    if (!endpoints.isEmpty()) {
      Service first = endpoints.getFirst();
      out.println();
      out.println("Try:");
      out.printf("  redis-cli -c -h %s set greeting hello%n", first.getSpec().getClusterIP());
      out.printf("  export KUBECONFIG=%s%n", settings.state().kubeconfig());
      out.printf(
          "  kubectl scale cc/%s --replicas=4 && kubectl get cc,pods%n", Endpoints.cluster(first));
    }
    out.flush();
  }
}
