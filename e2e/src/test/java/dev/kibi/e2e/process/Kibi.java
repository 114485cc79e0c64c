package dev.kibi.e2e.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of this project, as it was packaged, for one instance with a state of its own.
 *
 * <p>Not through the launcher script: that would build the project in the middle of its build.
 */
record Kibi(Path state, String network, Map<String, String> environment) {
  private static final Path HOME =
      Path.of(System.getProperty("kibi.home", "..")).toAbsolutePath().normalize();
  private static final Path MODULE = HOME.resolve("e2e");
  private static final Path JAR = HOME.resolve("local/target/kibi-local.jar");
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  /** Keeps its state, and so the logs of all its processes, below {@code target/instances}. */
  static Kibi fresh(Map<String, String> environment) throws IOException {
    if (!Files.isReadable(JAR)) {
      throw new AssertionError(JAR + ": missing (expected: built by mvn package)");
    }
    return new Kibi(freshDirectory("kibi-"), FreeNetwork.find(), environment);
  }

  static Path freshDirectory(String prefix) throws IOException {
    Path instances = Files.createDirectories(MODULE.resolve("target/instances"));
    return Files.createTempDirectory(instances, prefix);
  }

  /** What {@code kibi} prints when it is given these arguments. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dkibi.home=" + HOME,
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--state-dir", state.toString(), "--network", network));
    return new Program(command, environment).run(TIMEOUT);
  }

  Path kubeconfig() {
    return state.resolve("kubeconfig");
  }

  /** The process that is API server and kubelet, and the parent of all others. */
  ProcessHandle daemon() throws IOException {
    String owner = Files.readString(state.resolve("owner"));
    return ProcessHandle.of(Long.parseLong(owner.substring(0, owner.indexOf(' ')))).orElseThrow();
  }
}
