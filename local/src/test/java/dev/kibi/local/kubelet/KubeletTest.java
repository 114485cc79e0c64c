package dev.kibi.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.local.api.EmbeddedApi;
import dev.kibi.local.controller.PodReadiness;
import dev.kibi.local.instance.LoopbackNetwork;
import dev.kibi.local.process.ProcessLedger;
import dev.kibi.local.service.ServiceController;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** StatefulSets, pods and Services on real processes; a small program stands in for the node. */
class KubeletTest {
  private static final String STATEFUL_SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: shop-0}
      spec:
        replicas: 2
        serviceName: shop-nodes
        podManagementPolicy: Parallel
        updateStrategy: {type: OnDelete}
        selector: {matchLabels: {kibi.dev/shard: "0"}}
        template:
          metadata: {labels: {kibi.dev/shard: "0"}}
          spec:
            containers:
              - name: node
                image: kibi/node:1
                ports:
                  - {name: client, containerPort: 6379, protocol: TCP}
                  - {name: http, containerPort: 9121, protocol: TCP}
                resources: {limits: {memory: 64Mi}}
                readinessProbe: {httpGet: {path: /readyz, port: http}, periodSeconds: 1}
                livenessProbe: {httpGet: {path: /livez, port: 9121}, periodSeconds: 1}
                env:
                  - {name: KIBI_POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                  - {name: KIBI_POD_UID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
                  - {name: KIBI_POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                  - name: KIBI_MEMORY_LIMIT
                    valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: "1"}}
      """;
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec:
        selector: {kibi.dev/shard: "0"}
        ports: [{name: client, port: 6379, targetPort: client, protocol: TCP}]
      """;

  @TempDir private Path directory;
  private final List<String> addressesGiven = new CopyOnWriteArrayList<>();
  private EmbeddedApi api;
  private KubernetesClient client;
  private Kubelet kubelet;
  private StatefulSetController sets;
  private ServiceController services;

  @BeforeEach
  void start() throws IOException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    api = new EmbeddedApi();
    client = api.client;
    LoopbackNetwork network = new LoopbackNetwork("127.201");
    kubelet =
        new Kubelet(
            client,
            new StandInRuntime(directory),
            new ProcessLedger(directory.resolve("processes")),
            new SecretVolumes(client, directory.resolve("volumes")),
            () -> {
              addressesGiven.add(network.pods().allocate());
              return addressesGiven.getLast();
            },
            network.pods()::release);
    kubelet.start();
    sets = new StatefulSetController(client);
    services = new ServiceController(client, address -> {});
    client.resource(STATEFUL_SET).create();
    client.resource(SERVICE).create();
    awaitReady("shop-0-0");
    awaitReady("shop-0-1");
  }

  @AfterEach
  void stop() {
    sets.close();
    services.close();
    kubelet.close();
    api.close();
  }

  @Test
  void everyOrdinalGetsAPodWithItsOwnAddressAndEnvironment() throws IOException {
    Pod pod = pod("shop-0-1").get();
    String ip = pod.getStatus().getPodIP();
    assertThat(ip).startsWith("127.201.1.");
    assertThat(ip).isNotEqualTo(pod("shop-0-0").get().getStatus().getPodIP());
    assertThat(pod.getSpec().getHostname()).isEqualTo("shop-0-1");
    assertThat(pod.getSpec().getSubdomain()).isEqualTo("shop-nodes");
    assertThat(Files.readString(directory.resolve("shop-0-1.log")))
        .contains(
            "started shop-0-1 uid=%s ip=%s memory=67108864"
                .formatted(pod.getMetadata().getUid(), ip));
  }

  @Test
  void theStatefulSetReportsItsPods() {
    await()
        .untilAsserted(() -> {
          StatefulSetStatus status = set().get().getStatus();
          assertThat(status.getReplicas()).isEqualTo(2);
          assertThat(status.getReadyReplicas()).isEqualTo(2);
          assertThat(status.getUpdatedReplicas()).isEqualTo(2);
          assertThat(status.getObservedGeneration()).isEqualTo(1);
          assertThat(status.getCurrentRevision()).isEqualTo(status.getUpdateRevision());
        });
  }

  @Test
  void aProcessThatIsKilledIsStartedAgainInTheSamePod() {
    Pod before = pod("shop-0-0").get();
    process(before).destroyForcibly();
    await()
        .untilAsserted(
            () -> assertThat(container(pod("shop-0-0").get()).getRestartCount()).isOne());
    awaitReady("shop-0-0");
    Pod after = pod("shop-0-0").get();
    assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    assertThat(after.getStatus().getPodIP()).isEqualTo(before.getStatus().getPodIP());
    assertThat(container(after).getContainerID()).isNotEqualTo(container(before).getContainerID());
    assertThat(container(after).getLastState().getTerminated().getExitCode()).isEqualTo(137);
    assertThat(container(after).getLastState().getTerminated().getContainerID())
        .isEqualTo(container(before).getContainerID());
  }

  @Test
  void aDeletedPodComesBackAsAnotherPodOfTheSameName() {
    Pod before = pod("shop-0-0").get();
    ProcessHandle process = process(before);
    pod("shop-0-0").delete();
    await()
        .until(() -> {
          Pod now = pod("shop-0-0").get();
          return now != null && !now.getMetadata().getUid().equals(before.getMetadata().getUid());
        });
    assertThat(process.isAlive()).isFalse();
    awaitReady("shop-0-0");
    assertThat(container(pod("shop-0-0").get()).getRestartCount()).isZero();
  }

  @Test
  void scalingDownRemovesTheHighestOrdinalAndUpBringsItBack() {
    set().scale(1);
    await().until(() -> pod("shop-0-1").get() == null);
    assertThat(PodReadiness.isReady(pod("shop-0-0").get())).isTrue();
    set().scale(2);
    awaitReady("shop-0-1");
  }

  @Test
  void aChangedTemplateIsUsedForPodsThatAreDeletedOnly() {
    set()
        .edit(set -> {
          set.getSpec().getTemplate().getMetadata().getLabels().put("new", "yes");
          return set;
        });
    await().until(() -> set().get().getStatus().getUpdatedReplicas() == 0);
    pod("shop-0-0").delete();
    await().until(() -> set().get().getStatus().getUpdatedReplicas() == 1);
    assertThat(pod("shop-0-0").get().getMetadata().getLabels()).containsEntry("new", "yes");
    assertThat(pod("shop-0-1").get().getMetadata().getLabels()).doesNotContainKey("new");
  }

  @Test
  void podsAndProcessesGoWithTheirStatefulSet() {
    List<ProcessHandle> processes =
        List.of(process(pod("shop-0-0").get()), process(pod("shop-0-1").get()));
    set().delete();
    await().until(() -> client.pods().list().getItems().isEmpty());
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void aPodThatIsHeardOfWhileTheKubeletClosesIsNotStarted() {
    Pod late =
        new PodBuilder(pod("shop-0-0").get()).editMetadata().withUid("late").endMetadata().build();
    int before = addressesGiven.size();
    kubelet.close();
    kubelet.onAdd(late);
    assertThat(addressesGiven).hasSize(before);
  }

  @Test
  void aServiceForwardsToAllReadyPodsInTurnAndPassesOnTheEndOfStreams() throws IOException {
    String ip = client.services().withName("shop").get().getSpec().getClusterIP();
    await().untilAsserted(() -> assertThat(answer(ip)).isNotEmpty());
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      answers.add(answer(ip));
    }
    assertThat(answers).containsExactly("shop-0-0", "shop-0-1");
  }

  /** Closes its own side first, as {@code printf PING | nc} does, and still gets the answer. */
  private static String answer(String ip) throws IOException {
    try (Socket socket = new Socket(ip, 6379)) {
      socket.setSoTimeout(10_000);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Resource<Pod> pod(String name) {
    return client.pods().inNamespace("default").withName(name);
  }

  private RollableScalableResource<StatefulSet> set() {
    return client.apps().statefulSets().inNamespace("default").withName("shop-0");
  }

  private void awaitReady(String name) {
    await()
        .until(() -> {
          Pod pod = pod(name).get();
          return pod != null && PodReadiness.isReady(pod);
        });
  }

  private static ContainerStatus container(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  private static ProcessHandle process(Pod pod) {
    String id = container(pod).getContainerID();
    return ProcessHandle.of(Long.parseLong(id.substring("process://".length()))).orElseThrow();
  }

  private record StandInRuntime(Path directory) implements ContainerRuntime {
    @Override
    public List<String> command(Container container, long memoryBytes) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx" + memoryBytes,
          "-cp",
          Path.of("target", "test-classes").toAbsolutePath().toString(),
          StandIn.class.getName());
    }

    @Override
    public Path log(String namespace, String pod) {
      return directory.resolve(pod + ".log");
    }

    @Override
    public Path kubeconfig() {
      return directory.resolve("kubeconfig");
    }
  }
}
