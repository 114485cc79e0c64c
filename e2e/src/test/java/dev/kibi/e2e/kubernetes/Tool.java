package dev.kibi.e2e.kubernetes;

import dev.kibi.e2e.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A command line program that acts on the cluster, by the kubeconfig of this test run. */
enum Tool {
  KUBECTL("kubectl"),
  HELM("helm");

  private static final Duration TIMEOUT = Duration.ofMinutes(6);

  private final String program;

  Tool(String program) {
    this.program = program;
  }

  /** What it prints; an error with all of that if it fails. */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    try {
      return new Program(command).run(TIMEOUT);
    } catch (IOException e) {
      throw new UncheckedIOException(program + ": not found (expected: on the PATH)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(program + ": interrupted", e);
    }
  }

  /** The same in a namespace. */
  String runIn(String namespace, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--namespace", namespace));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }
}
