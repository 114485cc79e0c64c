package dev.kibi.e2e.kubernetes;

import dev.kibi.e2e.process.Program;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Power over the machines of the cluster that {@code ./kibi kube up} makes. */
final class Machines {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private Machines() {}

  /** Only to be called where {@link Requirements#ourMachines} holds. */
  static Machines ofThisCluster() {
    return new Machines();
  }

  /** kill -9 of a container's process. */
  void killProcess(Pod pod) throws IOException, InterruptedException {
    signal(pod, "KILL");
  }

  /** The same, of several pods. */
  void kill(List<Pod> pods) {
    try {
      for (Pod pod : pods) {
        killProcess(pod);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Sends a signal to a container's process. */
  void signal(Pod pod, String signal) throws IOException, InterruptedException {
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
        signal,
        container);
  }

  /** Gives an image on every machine a further name. */
  void tagImage(String image, String name) throws IOException, InterruptedException {
    for (String node : Tool.KUBECTL.run("get", "nodes", "--output=name").lines().toList()) {
      run(
          "enter",
          node.replace("node/", ""),
          "ctr",
          "-n",
          "k8s.io",
          "images",
          "tag",
          "--force",
          "docker.io/" + image,
          "docker.io/" + name);
    }
  }

  /** Puts an image with redis-cli and a shell on every machine, and says how it is called. */
  String clientImage() throws IOException, InterruptedException {
    Path archive = Files.createTempFile("kibi-client", ".tar");
    try {
      run("client", archive.toString());
      run("load", archive.toString());
    } finally {
      Files.delete(archive);
    }
    return "kibi.dev/client:1";
  }

  /** What pods asked of the API server since the cluster was made. */
  AuditLog auditLog() throws IOException {
    String state = System.getenv().getOrDefault("KIBI_KUBE_STATE", "/var/lib/kibi-kube");
    return AuditLog.read(Path.of(state, "log", "audit.log"));
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

  /**
   * What a node answers a client on its own machine, which reaches it when nobody else does; not
   * {@code OK} when it does not answer for a while.
   */
  String write(Pod pod, String address, String key, String value)
      throws IOException, InterruptedException {
    return run(
        "enter",
        pod.getSpec().getNodeName(),
        "sh",
        "-c",
        "timeout 10 redis-cli -h %s SET '%s' '%s' || echo no answer"
            .formatted(address, key, value));
  }

  private static String number(String node) {
    return node.substring("node".length());
  }

  private static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    Path scripts = Path.of("kubernetes", "cluster").toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(scripts.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return new Program(command).run(TIMEOUT);
  }
}
