package dev.kibi.local.instance;

import dev.kibi.local.kubelet.ContainerRuntime;
import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the container {@code node} of any image as the node program of this project. */
final class NodeRuntime implements ContainerRuntime {
  private static final String CONTAINER = "node";

  /** Below this a JVM has no room for anything but itself. */
  private static final long MIN_HEAP_BYTES = 64L << 20;

  /** A JVM in a container with less chooses the serial collector; outside it has to be told. */
  private static final long SERIAL_BYTES_MAX = 1792L << 20;

  /** As in the image of a node: links are encrypted from the first moment. */
  private static final List<String> CIPHERS_EARLY =
      List.of(
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.01");

  private final Settings settings;

  NodeRuntime(Settings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> command(Container container, long memoryBytes) {
    if (!container.getName().equals(CONTAINER)) {
      throw new IllegalArgumentException(
          "container: %s (expected: %s; no other program can be run here)"
              .formatted(container.getName(), CONTAINER));
    }
    List<String> command = new ArrayList<>(Jvm.command());
    if (memoryBytes < SERIAL_BYTES_MAX) {
      command.add("-XX:+UseSerialGC");
    }
    command.add("-Xmx" + Math.max(memoryBytes, MIN_HEAP_BYTES));
    command.addAll(CIPHERS_EARLY);
    command.addAll(Jvm.moreOptions("KIBI_NODE_JAVA_OPTS"));
    command.addAll(List.of("-jar", settings.nodeJar().toString()));
    command.addAll(container.getArgs());
    return command;
  }

  @Override
  public Path log(String namespace, String pod) {
    return settings.state().logFiles().ofPod(namespace, pod);
  }

  @Override
  public Path kubeconfig() {
    return settings.state().kubeconfig();
  }
}
