package dev.kibi.e2e.chart;

import dev.kibi.e2e.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The program {@code helm}: of the PATH, or as {@code kibi kube build} made it. */
record Helm(Path program) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Where this is {@code required}, a test without helm fails. */
  private static final String MODE = "KIBI_HELM";

  /** Helm; where there is none the test is skipped, unless it is required. */
  static Helm here() throws IOException {
    return find()
        .orElseGet(() ->
            "required".equals(System.getenv(MODE))
                ? Assertions.fail(
                    "helm: not found (expected: on the PATH, or 'kibi kube build helm')")
                : Assumptions.abort("no helm here"));
  }

  private static Optional<Helm> find() throws IOException {
    Optional<Path> onPath = Program.onPath("helm");
    if (onPath.isPresent()) {
      return onPath.map(Helm::new);
    }
    Path built = Path.of(System.getProperty("user.home"), ".cache", "kibi-kube");
    if (!Files.isDirectory(built)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(built)) {
      return versions
          .map(version -> version.resolve("helm"))
          .filter(Files::isExecutable)
          .max(Path::compareTo)
          .map(Helm::new);
    }
  }

  /** What helm prints; an error with its words when it refuses. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new Program(command).run(TIMEOUT);
  }

  /** What the chart of the release {@code shop} in the namespace {@code caches} renders. */
  String template(String chart, String... options) throws IOException, InterruptedException {
    return templateAs("shop", "caches", chart, options);
  }

  /** What a chart of this project renders for a release. */
  String templateAs(String release, String namespace, String chart, String... options)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "template",
                release,
                Path.of("..", "helm", chart).toString(),
                "--namespace",
                namespace,
                "--kube-version",
                "1.34.0"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }
}
