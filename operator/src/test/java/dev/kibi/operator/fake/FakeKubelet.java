package dev.kibi.operator.fake;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.KubernetesAuthority;
import dev.kibi.operator.model.Labels;
import dev.kibi.protocol.topology.NodeId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns StatefulSets into pods with loopback addresses and starts a {@link FakeNode} in each, and
 * says of both what Kubernetes says: revisions of templates, and why a container does not run. A
 * pod that somebody deletes comes back with the present template.
 */
public final class FakeKubelet implements AutoCloseable {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();
  private static final int BLOCK = 250;

  /** An image with this in its name cannot be pulled. */
  public static final String MISSING = "missing";

  private static final String REVISION = "controller-revision-hash";

  /** A pod, and its node if its container runs. */
  private record Running(Pod pod, @Nullable FakeNode node) {
    void stop() {
      if (node != null) {
        node.close();
      }
    }
  }

  private final KubernetesClient client;
  private final int port;
  private final Set<NodeId> alive = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Running> running = new ConcurrentHashMap<>();
  private final SharedIndexInformer<StatefulSet> informer;
  private final SharedIndexInformer<Pod> pods;

  public FakeKubelet(KubernetesClient client) {
    this.client = client;
    this.port = freePort();
    this.informer =
        client
            .apps()
            .statefulSets()
            .inNamespace("test")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(StatefulSet set) {
                    sync(set);
                  }

                  @Override
                  public void onUpdate(StatefulSet before, StatefulSet after) {
                    sync(after);
                  }

                  @Override
                  public void onDelete(StatefulSet set, boolean unknown) {
                    podNames(set.getMetadata().getName()).forEach(FakeKubelet.this::deletePod);
                  }
                });
    this.pods =
        client
            .pods()
            .inNamespace("test")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Pod pod) {}

                  @Override
                  public void onUpdate(Pod before, Pod after) {}

                  @Override
                  public void onDelete(Pod pod, boolean unknown) {
                    bringBack(pod);
                  }
                });
  }

  /** The port every node listens on, each on its own address. */
  public int port() {
    return port;
  }

  public FakeNode node(String pod) {
    return Optional.ofNullable(running.get(pod)).map(Running::node).orElseThrow();
  }

  public List<FakeNode> nodes() {
    return running.values().stream().flatMap(r -> Optional.ofNullable(r.node()).stream()).toList();
  }

  /** The process dies and is not restarted yet. */
  public void kill(String pod) {
    node(pod).close();
  }

  /** The container's process is restarted in the same pod. */
  public void restart(String pod) {
    running.computeIfPresent(
        pod,
        (_, before) -> {
          before.stop();
          return new Running(before.pod(), startNode(before.pod()));
        });
  }

  /** The pod is deleted and its StatefulSet makes another. */
  public void replacePod(String pod) {
    StatefulSet set =
        client
            .apps()
            .statefulSets()
            .inNamespace("test")
            .withName(pod.substring(0, pod.lastIndexOf('-')))
            .get();
    deletePod(pod);
    createPod(set, pod);
  }

  /** What a StatefulSet does when a pod of its own was deleted. */
  private void bringBack(Pod deleted) {
    String name = deleted.getMetadata().getName();
    Running known = running.get(name);
    if (known != null
        && known.pod().getMetadata().getUid().equals(deleted.getMetadata().getUid())) {
      known.stop();
      running.remove(name);
      informer.getStore().list().stream()
          .filter(set -> name.startsWith(set.getMetadata().getName() + "-"))
          .filter(set -> ordinal(name) < set.getSpec().getReplicas())
          .forEach(set -> createPod(set, name));
    }
  }

  private static int ordinal(String pod) {
    return Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1));
  }

  private static String revision(StatefulSet set) {
    return set.getMetadata().getName()
        + "-"
        + Integer.toHexString(Serialization.asJson(set.getSpec().getTemplate()).hashCode());
  }

  /** Says which template is the present one, as the controller of StatefulSets does. */
  private void writeStatus(StatefulSet set) {
    String revision = revision(set);
    StatefulSetStatus said = set.getStatus();
    if (said == null
        || !revision.equals(said.getUpdateRevision())
        || !Objects.equals(said.getObservedGeneration(), set.getMetadata().getGeneration())) {
      client
          .apps()
          .statefulSets()
          .inNamespace("test")
          .withName(set.getMetadata().getName())
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              Serialization.asJson(
                  Map.of(
                      "status",
                      new StatefulSetStatusBuilder()
                          .withUpdateRevision(revision)
                          .withObservedGeneration(set.getMetadata().getGeneration())
                          .build())));
    }
  }

  @Override
  public void close() {
    informer.stop();
    pods.stop();
    nodes().forEach(FakeNode::close);
  }

  private void sync(StatefulSet set) {
    if (set.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
      String name = set.getMetadata().getName() + "-" + ordinal;
      if (!running.containsKey(name)) {
        createPod(set, name);
      }
    }
    podNames(set.getMetadata().getName()).stream()
        .filter(name -> ordinal(name) >= set.getSpec().getReplicas())
        .forEach(this::deletePod);
    writeStatus(set);
  }

  private void createPod(StatefulSet set, String name) {
    Pod pod =
        new PodBuilder()
            .withMetadata(
                new ObjectMetaBuilder(set.getSpec().getTemplate().getMetadata())
                    .withNamespace("test")
                    .withName(name)
                    .addToLabels(REVISION, revision(set))
                    .build())
            .withSpec(set.getSpec().getTemplate().getSpec())
            .withStatus(status(set))
            .build();
    Pod created = client.resource(pod).create();
    boolean runs = created.getStatus().getPodIP() != null;
    running.put(name, new Running(created, runs ? startNode(created) : null));
  }

  private static PodStatus status(StatefulSet set) {
    String image = set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    if (image.contains(MISSING)) {
      return new PodStatusBuilder()
          .withPhase("Pending")
          .addNewContainerStatus()
          .withName("node")
          .withImage(image)
          .withNewState()
          .withNewWaiting("not found", "ImagePullBackOff")
          .endState()
          .endContainerStatus()
          .build();
    }
    return new PodStatusBuilder()
        .withPhase("Running")
        .withPodIP(nextAddress())
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .addNewContainerStatus()
        .withName("node")
        .withImage(image)
        .withNewState()
        .withNewRunning()
        .endRunning()
        .endState()
        .endContainerStatus()
        .build();
  }

  private void deletePod(String name) {
    Running gone = running.remove(name);
    if (gone != null) {
      gone.stop();
      client.pods().inNamespace("test").withName(name).delete();
    }
  }

  private FakeNode startNode(Pod pod) {
    String cluster = pod.getMetadata().getLabels().get(Labels.CLUSTER);
    String clusterUid =
        client
            .resources(CacheCluster.class)
            .inNamespace("test")
            .withName(cluster)
            .get()
            .getMetadata()
            .getUid();
    Authority authority =
        new KubernetesAuthority(
            client,
            new ObjectMetaBuilder().withNamespace("test").withName(cluster).build(),
            clusterUid,
            Duration.ofSeconds(5));
    try {
      return new FakeNode(
          clusterUid,
          pod.getMetadata().getName(),
          pod.getMetadata().getUid(),
          pod.getStatus().getPodIP(),
          port,
          Integer.parseInt(pod.getMetadata().getLabels().get(Labels.SHARD)),
          authority,
          alive,
          PodCertificates.of(client, pod));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> podNames(String set) {
    return running.keySet().stream()
        .filter(name -> name.substring(0, name.lastIndexOf('-')).equals(set))
        .toList();
  }

  private static String nextAddress() {
    int next = ADDRESSES.incrementAndGet();
    return "127.88." + next / BLOCK + "." + (next % BLOCK + 1);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.88.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
