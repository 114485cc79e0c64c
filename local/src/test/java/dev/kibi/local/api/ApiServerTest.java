package dev.kibi.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API server as a Kubernetes client sees it. */
class ApiServerTest {
  private static EmbeddedApi api;
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws IOException {
    api = new EmbeddedApi();
    client = api.client;
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @AfterEach
  void removeWidgets() {
    client.genericKubernetesResources("test.kibi.dev/v1", "Widget").inNamespace("default").delete();
    client.configMaps().inNamespace("default").delete();
  }

  @Test
  void createdObjectsGetDefaultsUidAndGeneration() {
    GenericKubernetesResource created = create("size: 5");
    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(field("spec", "colour")).isEqualTo("red");
  }

  @Test
  void onlySpecChangesCountAsGenerations() {
    create("size: 5");
    widget().edit(w -> annotated(w));
    assertThat(widget().get().getMetadata().getGeneration()).isEqualTo(1);
    mergePatch("{\"spec\":{\"size\":6}}");
    assertThat(widget().get().getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void statusAndSpecAreWrittenSeparately() {
    create("size: 5");
    String both = "{\"spec\":{\"size\":7},\"status\":{\"size\":3}}";
    widget().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), both);
    assertThat(field("spec", "size")).isEqualTo(5);
    assertThat(field("status", "size")).isEqualTo(3);
    mergePatch("{\"spec\":{\"size\":7},\"status\":{\"size\":4}}");
    assertThat(field("spec", "size")).isEqualTo(7);
    assertThat(field("status", "size")).isEqualTo(3);
  }

  @Test
  void aStaleWriteIsAConflict() {
    GenericKubernetesResource stale = create("size: 5");
    mergePatch("{\"spec\":{\"size\":6}}");
    stale.setAdditionalProperty("spec", Map.of("size", 7));
    assertThat(code(() -> client.resource(stale).update())).isEqualTo(409);
    assertThat(field("spec", "size")).isEqualTo(6);
  }

  @Test
  void ofManyWritersWithTheSameVersionOneWins() {
    GenericKubernetesResource original = create("size: 5, colour: red");
    long winners =
        IntStream.range(0, 16)
            .parallel()
            .filter(i -> {
              GenericKubernetesResource mine = Serialization.clone(original);
              mine.setAdditionalProperty(
                  "spec", Map.of("size", 6, "labels", Map.of("by", "w" + i)));
              try {
                client.resource(mine).update();
                return true;
              } catch (KubernetesClientException e) {
                assertThat(e.getCode()).isEqualTo(409);
                return false;
              }
            })
            .count();
    assertThat(winners).isEqualTo(1);
  }

  @Test
  void aDuplicateIsRefused() {
    create("size: 5");
    assertThat(code(() -> create("size: 6"))).isEqualTo(409);
  }

  @Test
  void invalidObjectsAreRefusedWithAllCauses() {
    assertThatThrownBy(() -> create("size: 0, colour: blue"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(422);
              assertThat(e.getStatus().getReason()).isEqualTo("Invalid");
              assertThat(e.getStatus().getMessage())
                  .startsWith("Widget.test.kibi.dev \"shop\" is invalid: [spec.size: Invalid");
              assertThat(e.getStatus().getDetails().getCauses())
                  .extracting("field")
                  .containsExactly("spec.size", "spec.colour");
            });
  }

  @Test
  void aTransitionRuleIsKeptOnEveryKindOfWrite() {
    create("size: 5, colour: red");
    assertThat(code(() -> mergePatch("{\"spec\":{\"colour\":\"green\"}}"))).isEqualTo(422);
    assertThat(
            code(() ->
                widget()
                    .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"replace\",\"path\":\"/spec/colour\",\"value\":\"green\"}]")))
        .isEqualTo(422);
  }

  @Test
  void anObjectWithFinalizersGoesWhenTheLastOneIsRemoved() {
    create("size: 5");
    mergePatch("{\"metadata\":{\"finalizers\":[\"test/a\",\"test/b\"]}}");
    widget().delete();
    assertThat(widget().get().getMetadata().getDeletionTimestamp()).isNotNull();
    mergePatch("{\"metadata\":{\"finalizers\":[\"test/b\"]}}");
    assertThat(widget().get()).isNotNull();
    mergePatch("{\"metadata\":{\"finalizers\":null}}");
    assertThat(widget().get()).isNull();
  }

  @Test
  void childrenGoWithTheirOwnerAndGrandchildrenToo() {
    GenericKubernetesResource owner = create("size: 5");
    ConfigMap child =
        ownedConfigMap("child", "Widget", "test.kibi.dev/v1", owner.getMetadata().getUid());
    ownedConfigMap("grandchild", "ConfigMap", "v1", child.getMetadata().getUid());
    client
        .configMaps()
        .resource(new ConfigMapBuilder().withNewMetadata().withName("other").endMetadata().build())
        .create();
    widget().delete();
    await()
        .untilAsserted(() ->
            assertThat(client.configMaps().list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly("other"));
  }

  @Test
  void aChildOfAnOwnerThatIsGoneAlreadyGoesToo() {
    ownedConfigMap("late", "Widget", "test.kibi.dev/v1", "no-such-uid");
    await().until(() -> client.configMaps().withName("late").get() == null);
  }

  @Test
  void theContentsOfANamespaceGoWithIt() {
    client
        .resource("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"team\"}}")
        .create();
    client.configMaps().inNamespace("team").resource(configMap("a")).create();
    client.namespaces().withName("team").delete();
    await().until(() -> client.configMaps().inNamespace("team").list().getItems().isEmpty());
    assertThat(
            code(() -> client.configMaps().inNamespace("team").resource(configMap("b")).create()))
        .isEqualTo(404);
  }

  @Test
  void aServiceGetsAnAddressAndKeepsIt() {
    Service service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("svc")
            .endMetadata()
            .withNewSpec()
            .addToSelector("a", "b")
            .endSpec()
            .build();
    String given = client.services().resource(service).create().getSpec().getClusterIP();
    assertThat(given).startsWith("127.9.0.");
    Service updated =
        new ServiceBuilder(service).editSpec().addToSelector("a", "c").endSpec().build();
    assertThat(client.services().resource(updated).update().getSpec().getClusterIP())
        .isEqualTo(given);
    client.services().withName("svc").delete();
  }

  @Test
  void aWatchSeesObjectsComeChangeAndGoAsItsSelectorDoes() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (var _ = client.configMaps().withLabel("team", "a").watch(new Recorder(events))) {
      client.configMaps().resource(configMap("x")).create();
      label("x", "a");
      client
          .configMaps()
          .withName("x")
          .edit(map -> new ConfigMapBuilder(map).addToData("k", "v").build());
      label("x", "b");
      client.configMaps().withName("x").delete();
      label(client.configMaps().resource(configMap("y")).create().getMetadata().getName(), "a");
      client.configMaps().withName("y").delete();
      for (String expected :
          List.of("ADDED x", "MODIFIED x", "DELETED x", "ADDED y", "DELETED y")) {
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aClientThatAsksForWebSocketsIsServedByHttp() throws Exception {
    // The default of the fabric8 client, which the operator and the nodes use.
    CountDownLatch seen = new CountDownLatch(1);
    try (KubernetesClient plain = new KubernetesClientBuilder().withConfig(api.config()).build();
        var informer = plain.configMaps().inNamespace("default").inform(new SeenOnce<>(seen))) {
      client.configMaps().resource(configMap("z")).create();
      assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(informer.hasSynced()).isTrue();
    }
  }

  @Test
  void whoDoesNotKnowTheSecretIsRefused() throws Exception {
    String url = api.server.url();
    assertThat(get(url + "/version").statusCode()).isEqualTo(200);
    assertThat(get(url.replace("/secret", "") + "/version").statusCode()).isEqualTo(403);
    assertThat(get(url + "ly/version").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int code(ThrowingCallable call) {
    KubernetesClientException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(KubernetesClientException.class, call);
    assertThat(refused).isNotNull();
    return refused.getCode();
  }

  private static Resource<GenericKubernetesResource> widget() {
    return client
        .genericKubernetesResources("test.kibi.dev/v1", "Widget")
        .inNamespace("default")
        .withName("shop");
  }

  private static Object field(Object... path) {
    return widget().get().get(path);
  }

  private static GenericKubernetesResource create(String spec) {
    return (GenericKubernetesResource)
        client
            .resource(
                """
                apiVersion: test.kibi.dev/v1
                kind: Widget
                metadata: {name: shop}
                spec: {%s}
                """
                    .formatted(spec))
            .create();
  }

  private static void mergePatch(String patch) {
    widget().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static GenericKubernetesResource annotated(GenericKubernetesResource widget) {
    widget.getMetadata().setAnnotations(Map.of("a", "b"));
    return widget;
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static void label(String name, String team) {
    client
        .configMaps()
        .withName(name)
        .edit(map ->
            new ConfigMapBuilder(map)
                .editMetadata()
                .addToLabels("team", team)
                .endMetadata()
                .build());
  }

  private static ConfigMap ownedConfigMap(String name, String kind, String apiVersion, String uid) {
    ConfigMap map = configMap(name);
    map.getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion(apiVersion)
                    .withKind(kind)
                    .withName("shop")
                    .withUid(uid)
                    .build()));
    return client.configMaps().resource(map).create();
  }

  private record Recorder(BlockingQueue<String> events) implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap map) {
      events.add(action + " " + map.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      events.add("closed " + cause.getMessage());
    }
  }

  private record SeenOnce<T>(CountDownLatch seen)
      implements io.fabric8.kubernetes.client.informers.ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      seen.countDown();
    }

    @Override
    public void onUpdate(T before, T after) {
      seen.countDown();
    }

    @Override
    public void onDelete(T object, boolean stateUnknown) {
      // Nothing is deleted while this one listens.
    }
  }
}
