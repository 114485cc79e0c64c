package dev.kibi.e2e.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs to its end, given its whole input and asked for its whole output.
 *
 * @param environment variables it is given beside those of this process
 */
public record Program(List<String> command, Map<String, String> environment) {

  public Program(List<String> command) {
    this(command, Map.of());
  }

  /** Where a program is found by its name. */
  public static Optional<Path> onPath(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static Program of(String... command) {
    return new Program(List.of(command));
  }

  /** What it prints; an error if it fails or is not done in time. */
  public String run(Duration timeout) throws IOException, InterruptedException {
    return run("", timeout);
  }

  /** What it prints when it is given {@code input}; an error if it fails or is not done in time. */
  public String run(String input, Duration timeout) throws IOException, InterruptedException {
    // Files, because two pipes of which nobody reads one at the right time would stop both sides.
    Path in = Files.createTempFile("kibi-", ".in");
    Path out = Files.createTempFile("kibi-", ".out");
    try {
      Files.writeString(in, input);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String output = Files.readString(out);
      if (!ended || process.exitValue() != 0) {
        String how = ended ? "exit " + process.exitValue() : "not done after " + timeout;
        throw new AssertionError(String.join(" ", command) + ": " + how + "\n" + output);
      }
      return output;
    } finally {
      Files.deleteIfExists(in);
      Files.deleteIfExists(out);
    }
  }
}
