package dev.kibi.local.instance;

import dev.kibi.local.api.ApiServer;
import dev.kibi.local.kubelet.Kubelet;
import dev.kibi.local.kubelet.SecretVolumes;
import dev.kibi.local.kubelet.StatefulSetController;
import dev.kibi.local.process.ProcessLedger;
import dev.kibi.local.service.ServiceController;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running installation: API server, operator, kubelet and Services, from {@link #start} to {@link
 * #close}. Everything it starts it ends, in the opposite order.
 */
public final class Instance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  private final Settings settings;
  private final LoopbackNetwork network;
  private final ProcessLedger ledger;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  private Instance(Settings settings) {
    this.settings = settings;
    this.network = new LoopbackNetwork(settings.network());
    this.ledger = settings.state().ledger();
  }

  /** Starts everything, or nothing: what fails is said in a {@link UserException}. */
  public static Instance start(Settings settings) {
    settings.checkPrograms();
    settings.state().prepare();
    Instance instance = new Instance(settings);
    try {
      instance.startParts();
      return instance;
    } catch (IOException e) {
      instance.close();
      throw new UserException(settings.state() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      instance.close();
      throw e;
    }
  }

  private void startParts() throws IOException {
    StateDirectory state = settings.state();
    parts.push(state.lock().channel());
    int leftovers = ledger.endAll();
    if (leftovers > 0) {
      LOG.warn("ended processes of an instance that was killed count={}", leftovers);
    }
    ApiServer api = listen();
    parts.push(api);
    Crds.all().forEach(api::define);
    api.start();
    state.writeKubeconfig(kubeconfig(api.url()));
    state.writeOwner();
    parts.push(state::clear);

    KubernetesClient client = client(settings);
    parts.push(client);
    ServiceController services = new ServiceController(client, network.services()::release);
    parts.push(services);
    SecretVolumes volumes = new SecretVolumes(client, state.volumes());
    parts.push(volumes);
    volumes.start();
    Kubelet kubelet =
        new Kubelet(
            client,
            new NodeRuntime(settings),
            ledger,
            volumes,
            network.pods()::allocate,
            network.pods()::release);
    parts.push(kubelet);
    kubelet.start();
    OperatorProcess operator = new OperatorProcess(settings, network, ledger);
    parts.push(operator::stop);
    operator.start();
    parts.push(new StatefulSetController(client));
    LOG.info("running api={} state={}", network.apiServer(), state);
  }

  private ApiServer listen() throws IOException {
    InetSocketAddress address = new InetSocketAddress(network.apiServer(), Settings.API_PORT);
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    LogFiles logs = settings.state().logFiles();
    try {
      return new ApiServer(
          address,
          HexFormat.of().formatHex(secret),
          network.services()::allocate,
          (namespace, pod, tailLines, follow, out) ->
              LogFiles.copy(logs.ofPod(namespace, pod), tailLines, follow, out));
    } catch (BindException e) {
      throw new UserException(
          "%s:%d: %s (expected: free; choose other addresses with --network 127.N)"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }

  /** A client of the instance that lives in {@code settings}' state directory. */
  public static KubernetesClient client(Settings settings) {
    Config config = Config.fromKubeconfig(settings.state().kubeconfig().toFile());
    config.setOnlyHttpWatches(true);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static String kubeconfig(String url) {
    return """
    # Written by kibi. Whoever can read this file can do everything in the cluster.
    apiVersion: v1
    kind: Config
    clusters: [{name: kibi, cluster: {server: "%s"}}]
    users: [{name: kibi, user: {}}]
    contexts: [{name: kibi, context: {cluster: kibi, user: kibi, namespace: default}}]
    current-context: kibi
    """
        .formatted(url);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("a part did not close", e);
      }
    }
  }
}
