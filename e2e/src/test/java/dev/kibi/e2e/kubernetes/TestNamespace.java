package dev.kibi.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A namespace of one test; it enforces the restricted Pod Security profile. */
final class TestNamespace implements AutoCloseable {
  private static final String MEMORY = "320Mi";

  private static final Duration GONE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final String name;
  private final List<TestNamespace> others = new ArrayList<>();

  private TestNamespace(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  static TestNamespace create(KubernetesClient client, String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    Environment.createPullSecret(name);
    return new TestNamespace(client, name);
  }

  /** A second namespace, which goes with this one. */
  TestNamespace another() {
    TestNamespace other = create(client, name + "-" + (others.size() + 2));
    others.add(other);
    return other;
  }

  String name() {
    return name;
  }

  KubernetesClient client() {
    return client;
  }

  /**
   * Creates a cluster that tells a test that writes too much, rather than lose keys to eviction.
   */
  Cache cache(String cluster, int shards, int replicas) {
    return cache(cluster, shards, replicas, "");
  }

  /** The same with one more line of spec. */
  Cache cache(String cluster, int shards, int replicas, String more) {
    return cache(cluster, shards, replicas, Environment.nodeImage(), more);
  }

  /** The same with another image of the nodes. */
  Cache cache(String cluster, int shards, int replicas, String image, String more) {
    return cache(cluster, shards, replicas, image, MEMORY, more);
  }

  /** A cluster for a measurement, whose pods may use so much memory. */
  Cache largeCache(String cluster, int shards, int replicas, String memory) {
    return cache(cluster, shards, replicas, Environment.nodeImage(), memory, "");
  }

  private Cache cache(
      String cluster, int shards, int replicas, String image, String memory, String more) {
    String manifest =
        """
        apiVersion: kibi.dev/v1alpha1
        kind: CacheCluster
        metadata: {name: %s}
        spec:
          shards: %d
          replicas: %d
          image: %s
          imagePullSecrets: %s
          memory: {evictionPolicy: noeviction}
          resources: {requests: {cpu: 50m, memory: %s}, limits: {memory: %s}}
          %s
        """
            .formatted(
                cluster, shards, replicas, image, Environment.pullSecrets(), memory, memory, more);
    create(manifest);
    return new Cache(client, name, cluster);
  }

  /** Creates an object in this namespace, from YAML. */
  void create(String manifest) {
    client
        .resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class))
        .inNamespace(name)
        .create();
  }

  String kubectl(String... arguments) {
    return Tool.KUBECTL.runIn(name, arguments);
  }

  /** Prints what a human would look at. */
  void describe() {
    others.forEach(TestNamespace::describe);
    print("--namespace", name, "describe", "cacheclusters");
    print("--namespace", name, "get", "all,cachetopologies", "-o", "wide");
    print("--namespace", name, "get", "events", "--sort-by=.lastTimestamp");
    print("--namespace", name, "logs", "--prefix", "--tail=30", "-l", "kibi.dev/cluster");
    print(
        "--namespace",
        Installation.NAMESPACE,
        "logs",
        "--prefix",
        "--tail=80",
        "-l",
        "app.kubernetes.io/name=kibi-operator");
  }

  /** What cannot be had, such as the log of a pod that never started, hides nothing else. */
  private static void print(String... arguments) {
    String output;
    try {
      output = Tool.KUBECTL.run(arguments);
    } catch (AssertionError e) {
      output = e.getMessage();
    }
    System.out.println("--- kubectl " + String.join(" ", arguments) + "\n" + output);
  }

  /** Deletes it, and waits until it and everything in it is gone. */
  @Override
  public void close() {
    others.forEach(TestNamespace::close);
    client.namespaces().withName(name).delete();
    Awaitility.await().atMost(GONE).until(() -> client.namespaces().withName(name).get() == null);
  }
}
