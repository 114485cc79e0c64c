package dev.kibi.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.local.api.EmbeddedApi;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVolumesTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: shop-0-0, namespace: default, uid: the-uid}
      spec:
        containers:
          - name: node
            volumeMounts:
              - {name: peer-tls, mountPath: /var/run/peer-tls, readOnly: true}
              - {name: tmp, mountPath: /tmp}
        volumes:
          - {name: tmp, emptyDir: {}}
          - {name: peer-tls, secret: {secretName: shop-peer-tls}}
      """;

  @TempDir private Path root;
  private final Pod pod = Serialization.unmarshal(POD, Pod.class);
  private final AtomicInteger starts = new AtomicInteger();
  private EmbeddedApi api;
  private SecretVolumes volumes;

  @BeforeEach
  void start() throws IOException {
    api = new EmbeddedApi();
    volumes = new SecretVolumes(api.client, root);
    volumes.start();
  }

  @AfterEach
  void stop() {
    volumes.close();
    api.close();
  }

  @Test
  void aPodWaitsForItsSecretAndIsStartedOnce() {
    volumes.mount(pod, starts::incrementAndGet);
    assertThat(starts).hasValue(0);
    api.client.resource(secret("first")).create();
    await().until(() -> starts.get() == 1);
    assertThat(file()).hasContent("first");
    api.client.resource(secret("second")).update();
    await().untilAsserted(() -> assertThat(file()).hasContent("second"));
    assertThat(starts).hasValue(1);
  }

  @Test
  void theFilesChangeAllAtOnceAndOnlyTheLastGenerationIsKept() throws IOException {
    api.client.resource(secret("first")).create();
    volumes.mount(pod, starts::incrementAndGet);
    await().until(() -> starts.get() == 1);
    Path before = file().toRealPath();
    api.client.resource(secret("second")).update();
    await().until(() -> !Files.exists(before));
    assertThat(file().toRealPath().getParent())
        .isEqualTo(file().resolveSibling("..data").toRealPath());
  }

  @Test
  void aDeletedSecretLeavesItsFilesAndAPodThatIsGoneDoesNot() {
    api.client.resource(secret("first")).create();
    volumes.mount(pod, starts::incrementAndGet);
    await().until(() -> starts.get() == 1);
    api.client.resource(secret("first")).delete();
    await().until(() -> api.client.secrets().withName("shop-peer-tls").get() == null);
    assertThat(file()).hasContent("first");
    volumes.unmount(pod);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void onlySecretsHaveADirectory() {
    assertThat(volumes.directories(pod)).containsOnlyKeys("/var/run/peer-tls");
  }

  private Path file() {
    return volumes.directories(pod).get("/var/run/peer-tls").resolve("tls.crt");
  }

  private static Secret secret(String content) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("shop-peer-tls")
        .endMetadata()
        .addToData(
            "tls.crt",
            Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.US_ASCII)))
        .build();
  }
}
