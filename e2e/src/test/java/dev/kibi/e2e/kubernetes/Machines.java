package dev.kibi.e2e.kubernetes;

import dev.kibi.e2e.process.Program;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Power over the machines of the cluster that {@code ./kibi kube up} makes. */
final class Machines {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private Machines() {}

  /** Skips the test where the cluster is somebody else's. */
  static Machines ofThisCluster() {
    Assumptions.assumeTrue(
        "true".equals(System.getenv("KIBI_KUBE_IS_OURS")), "the machines of this cluster are ours");
    return new Machines();
  }

  /** kill -9 of a container's process. */
  void killProcess(Pod pod) throws IOException, InterruptedException {
    String container =
        pod.getStatus().getContainerStatuses().getFirst().getContainerID().replaceAll(".*//", "");
    run(
        "enter",
        pod.getSpec().getNodeName(),
        "ctr",
        "-n",
        "k8s.io",
        "task",
        "kill",
        "--signal",
        "KILL",
        container);
  }

  /** Takes a machine's power away. */
  void powerOff(String node) throws IOException, InterruptedException {
    run("node", "kill", number(node));
  }

  /** Boots a machine that was without power. */
  void powerOn(String node) throws IOException, InterruptedException {
    run("node", "start", number(node));
  }

  /** Stops every process of a machine, pods included. */
  void freeze(String node) throws IOException, InterruptedException {
    run("node", "freeze", number(node));
  }

  /** Lets the processes of a frozen machine go on. */
  void thaw(String node) throws IOException, InterruptedException {
    run("node", "thaw", number(node));
  }

  /** Pulls a machine's network cable. */
  void cut(String node) throws IOException, InterruptedException {
    run("node", "cut", number(node));
  }

  /** Plugs the cable of a machine in again. */
  void join(String node) throws IOException, InterruptedException {
    run("node", "join", number(node));
  }

  private static String number(String node) {
    return node.substring("node".length());
  }

  private static void run(String script, String... arguments)
      throws IOException, InterruptedException {
    Path scripts = Path.of("kubernetes", "cluster").toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(scripts.resolve(script).toString()));
    command.addAll(List.of(arguments));
    new Program(command).run(TIMEOUT);
  }
}
