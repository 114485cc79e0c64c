package dev.kibi.operator.fake;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.KubernetesAuthority;
import dev.kibi.operator.model.Labels;
import dev.kibi.protocol.topology.NodeId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns StatefulSets into pods with loopback addresses and starts a {@link FakeNode} in each. */
public final class FakeKubelet implements AutoCloseable {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();
  private static final int BLOCK = 250;

  private record Running(Pod pod, FakeNode node) {}

  private final KubernetesClient client;
  private final int port;
  private final Set<NodeId> alive = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Running> running = new ConcurrentHashMap<>();
  private final SharedIndexInformer<StatefulSet> informer;

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
  }

  /** The port every node listens on, each on its own address. */
  public int port() {
    return port;
  }

  public FakeNode node(String pod) {
    return Optional.ofNullable(running.get(pod)).orElseThrow().node();
  }

  public List<FakeNode> nodes() {
    return running.values().stream().map(Running::node).toList();
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
          before.node().close();
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

  @Override
  public void close() {
    informer.stop();
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
  }

  private void createPod(StatefulSet set, String name) {
    Pod pod =
        new PodBuilder()
            .withMetadata(
                new ObjectMetaBuilder(set.getSpec().getTemplate().getMetadata())
                    .withNamespace("test")
                    .withName(name)
                    .build())
            .withSpec(set.getSpec().getTemplate().getSpec())
            .withNewStatus()
            .withPhase("Running")
            .withPodIP(nextAddress())
            .endStatus()
            .build();
    Pod created = client.resource(pod).create();
    running.put(name, new Running(created, startNode(created)));
  }

  private void deletePod(String name) {
    Running gone = running.remove(name);
    if (gone != null) {
      gone.node().close();
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
          alive);
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
