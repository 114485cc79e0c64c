package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server on a free port that knows the kind Widget, and a client of it. */
public final class EmbeddedApi implements AutoCloseable {
  public final ApiServer server;
  public final KubernetesClient client;

  public EmbeddedApi() throws IOException {
    AtomicInteger addresses = new AtomicInteger();
    server =
        new ApiServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "secret",
            () -> "127.9.0." + addresses.incrementAndGet(),
            (namespace, pod, tailLines, follow, out) ->
                out.write(("log of " + pod + "\n").getBytes(StandardCharsets.UTF_8)));
    server.define(widgets());
    server.start();
    client = new KubernetesClientBuilder().withConfig(config()).build();
  }

  static ObjectNode widgets() throws IOException {
    try (InputStream yaml = EmbeddedApi.class.getResourceAsStream("/widgets.crd.yml")) {
      return (ObjectNode) new YAMLMapper().readTree(Objects.requireNonNull(yaml));
    }
  }

  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server.url())
        .withNamespace("default")
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: kibi, cluster: {server: "%s"}}]
    contexts: [{name: kibi, context: {cluster: kibi, user: kibi, namespace: default}}]
    users: [{name: kibi, user: {}}]
    current-context: kibi
    """
        .formatted(server.url());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
