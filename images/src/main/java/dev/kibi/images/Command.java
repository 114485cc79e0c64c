package dev.kibi.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs other programs; one that fails is told with what it said. */
final class Command {
  private Command() {}

  /** What the program printed, both streams. */
  static String run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new BuildException(command.getFirst() + ": cannot be started: " + e.getMessage(), e);
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new BuildException(
          "%s: exit code %d (expected: 0)%n%s".formatted(String.join(" ", command), code, output));
    }
    return output;
  }

  static String run(Path directory, List<String> command) throws IOException, InterruptedException {
    return run(directory, Map.of(), command);
  }
}
