package dev.kibi.operator.fake;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheClusterSpec;
import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server in memory, and clients of it. */
public final class FakeApi implements AutoCloseable {
  private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    MOCK_LOG.setLevel(Level.WARNING); // a line per request otherwise
  }

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(List.of()),
          false);
  private final KubernetesClient client;
  private final List<String> operatorWrites = new CopyOnWriteArrayList<>();
  private volatile Consumer<HttpRequest> beforeOperatorWrite = _ -> {};

  public FakeApi() {
    server.init();
    client = newClient(_ -> {});
    List.of("cacheclusters", "cachetopologies").forEach(this::createCrd);
  }

  /** The test's own client. */
  public KubernetesClient client() {
    return client;
  }

  /** A client whose requests that change something are written down. */
  public KubernetesClient operatorClient() {
    return newClient(request -> {
      if (!request.method().equals("GET")) {
        operatorWrites.add(request.method() + " " + request.uri().getPath());
        beforeOperatorWrite.accept(request);
      }
    });
  }

  /** Done from now on before a request that changes something leaves an operator. */
  public void beforeOperatorWrite(Consumer<HttpRequest> action) {
    beforeOperatorWrite = action;
  }

  /** What operators have changed so far, as {@code METHOD path}. */
  public List<String> operatorWrites() {
    return List.copyOf(operatorWrites);
  }

  public CacheCluster create(String name, Consumer<CacheCluster> change) {
    CacheCluster cluster = new CacheCluster();
    cluster.setSpec(new CacheClusterSpec());
    cluster.setMetadata(new ObjectMetaBuilder().withNamespace("test").withName(name).build());
    change.accept(cluster);
    return client.resource(cluster).create();
  }

  public void edit(String name, Consumer<CacheCluster> change) {
    client
        .resources(CacheCluster.class)
        .inNamespace("test")
        .withName(name)
        .edit(cluster -> {
          change.accept(cluster);
          return cluster;
        });
  }

  public Optional<CacheCluster> cluster(String name) {
    return Optional.ofNullable(
        client.resources(CacheCluster.class).inNamespace("test").withName(name).get());
  }

  public Optional<Topology> topology(String name) {
    return Optional.ofNullable(
            client.resources(CacheTopology.class).inNamespace("test").withName(name).get())
        .map(object -> TopologyMapping.toTopology(object.getSpec()));
  }

  /** Status of a condition, or the empty string while there is none. */
  public String condition(String name, String type) {
    return cluster(name)
        .flatMap(cluster -> Optional.ofNullable(cluster.getStatus()))
        .flatMap(status ->
            status.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst())
        .map(condition -> condition.getStatus() + " " + condition.getReason())
        .orElse("");
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private KubernetesClient newClient(Consumer<HttpRequest> onRequest) {
    return server.createClient(builder ->
        builder.withHttpClientBuilderConsumer(http ->
            http.addOrReplaceInterceptor(
                "test",
                new Interceptor() {
                  @Override
                  public void before(BasicBuilder b, HttpRequest request, RequestTags tags) {
                    onRequest.accept(request);
                  }
                })));
  }

  private void createCrd(String plural) {
    InputStream yaml =
        CacheCluster.class.getResourceAsStream("/crds/" + plural + ".kibi.dev-v1.yml");
    client
        .resource(
            client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class))
        .create();
  }
}
