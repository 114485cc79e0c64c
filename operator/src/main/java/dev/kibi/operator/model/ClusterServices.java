package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.List;
import java.util.Map;

/** The Services of a cluster: all nodes for cluster clients, replicas for readers, host names. */
final class ClusterServices {
  private ClusterServices() {}

  static List<Service> of(DesiredCluster cluster) {
    String name = cluster.name();
    return List.of(
        service(cluster, Names.clusterService(name), Labels.selectCluster(name)),
        service(cluster, Names.readService(name), Labels.selectRole(name, Labels.ROLE_REPLICA)),
        headless(cluster));
  }

  private static Service service(
      DesiredCluster cluster, String name, Map<String, String> selector) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(name)
        .withLabels(Labels.ofCluster(cluster.name()))
        .endMetadata()
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(selector)
        .withPorts(port("client", Ports.CLIENT))
        .endSpec()
        .build();
  }

  /** Publishes not-ready addresses: nodes must find each other before they can become ready. */
  private static Service headless(DesiredCluster cluster) {
    Service service =
        service(cluster, Names.nodesService(cluster.name()), Labels.selectCluster(cluster.name()));
    return new ServiceBuilder(service)
        .editSpec()
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withPorts(port("client", Ports.CLIENT), port("peer", Ports.PEER), port("http", Ports.HTTP))
        .endSpec()
        .build();
  }

  private static ServicePort port(String name, int port) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(port)
        .withNewTargetPort(port)
        .withProtocol("TCP")
        .build();
  }
}
