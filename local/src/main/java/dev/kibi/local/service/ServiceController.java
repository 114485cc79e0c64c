package dev.kibi.local.service;

import dev.kibi.local.controller.PodReadiness;
import dev.kibi.local.controller.WakeableLoop;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards each port of every Service with a cluster IP to the ready pods it selects. */
public final class ServiceController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceController.class);

  private final WakeableLoop loop = new WakeableLoop("services", this::reconcileAll);
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<Pod> pods;
  private final Map<InetSocketAddress, TcpForwarder> forwarders = new HashMap<>();
  private final Consumer<String> releaseIp;

  /** Starts to work. {@code releaseIp} takes back the address of a Service that is gone. */
  public ServiceController(KubernetesClient client, Consumer<String> releaseIp) {
    this.releaseIp = releaseIp;
    this.services = client.services().inAnyNamespace().inform(loop.wakeOnEvents());
    this.pods = client.pods().inAnyNamespace().inform(loop.wakeOnEvents());
    loop.start();
  }

  private synchronized void reconcileAll() {
    Set<InetSocketAddress> wanted = new HashSet<>();
    for (Service service : services.getStore().list()) {
      if (hasAddress(service)) {
        for (ServicePort port : service.getSpec().getPorts()) {
          InetSocketAddress address =
              new InetSocketAddress(service.getSpec().getClusterIP(), port.getPort());
          wanted.add(address);
          forward(address, backends(service, port));
        }
      }
    }
    for (InetSocketAddress address : List.copyOf(forwarders.keySet())) {
      if (!wanted.contains(address)) {
        stop(address);
        if (wanted.stream().noneMatch(other -> other.getAddress().equals(address.getAddress()))) {
          releaseIp.accept(address.getAddress().getHostAddress());
        }
      }
    }
  }

  private static boolean hasAddress(Service service) {
    String ip = service.getSpec().getClusterIP();
    boolean headless = ip == null || ip.isEmpty() || ip.equals("None");
    return !headless && !service.getSpec().getSelector().isEmpty();
  }

  private List<InetSocketAddress> backends(Service service, ServicePort port) {
    return pods.getStore().list().stream()
        .filter(pod -> isSelected(pod, service))
        .filter(PodReadiness::isReady)
        .flatMap(pod -> backend(pod, port))
        .sorted(Comparator.comparing(InetSocketAddress::getHostString))
        .toList();
  }

  private static boolean isSelected(Pod pod, Service service) {
    return pod.getMetadata().getNamespace().equals(service.getMetadata().getNamespace())
        && pod.getMetadata()
            .getLabels()
            .entrySet()
            .containsAll(service.getSpec().getSelector().entrySet());
  }

  private static Stream<InetSocketAddress> backend(Pod pod, ServicePort port) {
    String ip = pod.getStatus().getPodIP();
    IntOrString target = port.getTargetPort();
    if (target == null) {
      return Stream.of(new InetSocketAddress(ip, port.getPort()));
    }
    if (target.getIntVal() != null) {
      return Stream.of(new InetSocketAddress(ip, target.getIntVal()));
    }
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(candidate -> target.getStrVal().equals(candidate.getName()))
        .map(ContainerPort::getContainerPort)
        .map(number -> new InetSocketAddress(ip, number));
  }

  private void forward(InetSocketAddress address, List<InetSocketAddress> backends) {
    TcpForwarder forwarder = forwarders.get(address);
    if (forwarder == null) {
      try {
        forwarder = new TcpForwarder(address);
      } catch (IOException e) {
        LOG.error("not listening address={} error={}", address, e.toString());
        return;
      }
      LOG.info("listening address={}", address);
      forwarders.put(address, forwarder);
    }
    forwarder.setBackends(backends);
  }

  private void stop(InetSocketAddress address) {
    TcpForwarder forwarder = forwarders.remove(address);
    if (forwarder != null) {
      try {
        forwarder.close();
      } catch (IOException e) {
        LOG.warn("not closed address={} error={}", address, e.toString());
      }
    }
  }

  @Override
  public synchronized void close() {
    loop.close();
    services.close();
    pods.close();
    List.copyOf(forwarders.keySet()).forEach(this::stop);
  }
}
