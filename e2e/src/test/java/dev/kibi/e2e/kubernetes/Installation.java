package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operator, installed from the chart in a namespace of its own. */
final class Installation implements AutoCloseable {
  /** One operator at a time: what one release looks at, no other may. */
  static final String NAMESPACE = "kibi-system";

  private static final String RELEASE = "kibi";
  private static final String PODS = "app.kubernetes.io/name=kibi-operator";

  /**
   * Installs the chart, looking at every namespace, in a namespace that enforces the restricted Pod
   * Security profile; leaves nothing behind when that fails.
   */
  void install() {
    String there = Tool.KUBECTL.run("get", "namespace", NAMESPACE, "--ignore-not-found");
    assertThat(there).as("namespace %s (expected: none, it is the tests')", NAMESPACE).isBlank();
    try {
      Tool.KUBECTL.run("create", "namespace", NAMESPACE);
      Tool.KUBECTL.run(
          "label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted");
      Environment.createPullSecret(NAMESPACE);
      upgrade();
    } catch (AssertionError e) {
      try {
        close();
      } catch (AssertionError left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Installs the chart, or changes what is installed, with these {@code name=value}s. */
  void upgrade(String... values) {
    upgrade(chart("kibi"), values);
  }

  /** Changes what is installed to another chart, with these {@code name=value}s. */
  void upgrade(Path chart, String... values) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "upgrade",
                "--install",
                RELEASE,
                chart.toString(),
                "--namespace",
                NAMESPACE,
                "--wait",
                "--timeout",
                "5m",
                "--set-json",
                "timerFactor=" + timerFactor(),
                "--set",
                "image.repository=" + Environment.image("kibi/operator"),
                "--set",
                "test.cluster.image=" + Environment.nodeImage(),
                "--set-json",
                "imagePullSecrets=" + Environment.pullSecrets()));
    for (String value : values) {
      arguments.addAll(List.of("--set", value));
    }
    Tool.HELM.run(arguments.toArray(String[]::new));
  }

  /** What `helm test` of the release prints; an error if a test fails. */
  String test() {
    return Tool.HELM.run("test", RELEASE, "--namespace", NAMESPACE, "--timeout", "5m");
  }

  /** How many operators run from now on; with none, waits until the last has gone. */
  void scale(int replicas) {
    Tool.KUBECTL.runIn(NAMESPACE, "scale", "deployment/kibi-operator", "--replicas=" + replicas);
    if (replicas == 0) {
      Tool.KUBECTL.runIn(
          NAMESPACE, "wait", "pod", "--selector=" + PODS, "--for=delete", "--timeout=2m");
    }
  }

  /** Ends all operators without notice; others take their place. */
  void kill() {
    Tool.KUBECTL.runIn(
        NAMESPACE, "delete", "pods", "--selector=" + PODS, "--force", "--grace-period=0");
  }

  /** A chart of this project. */
  static Path chart(String name) {
    return directory("helm").resolve(name);
  }

  /** A directory of this project. */
  static Path directory(String name) {
    return Path.of("..", name).toAbsolutePath().normalize();
  }

  /** Many pods on few cores are slow; {@code KIBI_TIMER_FACTOR} says how slow. */
  private static String timerFactor() {
    return System.getenv().getOrDefault("KIBI_TIMER_FACTOR", "4");
  }

  /** Removes the operator, its namespace and the definitions, as far as they are there. */
  @Override
  public void close() {
    String absent = "--ignore-not-found";
    Tool.HELM.run("uninstall", RELEASE, "--namespace", NAMESPACE, "--wait", absent);
    Tool.KUBECTL.run("delete", "namespace", NAMESPACE, absent);
    Tool.KUBECTL.run("delete", "crd", "cacheclusters.kibi.dev", "cachetopologies.kibi.dev", absent);
  }
}
