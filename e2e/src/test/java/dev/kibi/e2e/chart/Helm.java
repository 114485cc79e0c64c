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

/** The program {@code helm}: of the PATH, or as {@code kibi kube build} made it. */
record Helm(Path program) {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  static Optional<Helm> find() throws IOException {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path program = Path.of(directory, "helm");
      if (!directory.isEmpty() && Files.isExecutable(program)) {
        return Optional.of(new Helm(program));
      }
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
}
