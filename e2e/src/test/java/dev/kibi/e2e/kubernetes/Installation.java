package dev.kibi.e2e.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operator, installed from the chart in a namespace of its own. */
final class Installation implements AutoCloseable {
  /** One operator at a time: what one release looks at, no other may. */
  static final String NAMESPACE = "kibi-system";

  private static final String RELEASE = "kibi";

  private Installation() {}

  /** An operator that looks at every namespace. */
  static Installation ofAllNamespaces() {
    Installation installation = new Installation();
    Tool.KUBECTL.run("create", "namespace", NAMESPACE);
    Tool.KUBECTL.run(
        "label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted");
    installation.upgrade();
    return installation;
  }

  /** Installs the chart, or changes what is installed, with these {@code name=value}s. */
  void upgrade(String... values) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "upgrade",
                "--install",
                RELEASE,
                chart("kibi").toString(),
                "--namespace",
                NAMESPACE,
                "--wait",
                "--timeout",
                "5m",
                "--set",
                "timerFactor=" + timerFactor()));
    for (String value : values) {
      arguments.addAll(List.of("--set", value));
    }
    Tool.HELM.run(arguments.toArray(String[]::new));
  }

  /** A chart of this project. */
  static Path chart(String name) {
    return Path.of("..", "helm", name).toAbsolutePath().normalize();
  }

  /** Many pods on few cores are slow; {@code KIBI_TIMER_FACTOR} says how slow. */
  private static String timerFactor() {
    return System.getenv().getOrDefault("KIBI_TIMER_FACTOR", "4");
  }

  @Override
  public void close() {
    Tool.HELM.run("uninstall", RELEASE, "--namespace", NAMESPACE, "--wait");
    Tool.KUBECTL.run("delete", "namespace", NAMESPACE);
    Tool.KUBECTL.run("delete", "crd", "cacheclusters.kibi.dev", "cachetopologies.kibi.dev");
  }
}
