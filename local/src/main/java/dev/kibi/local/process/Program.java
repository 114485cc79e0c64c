package dev.kibi.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What to start: a command, the variables added to our own environment, where its output goes. */
public record Program(List<String> command, Map<String, String> environment, Path log) {

  /** Starts the program; its output is appended to the log without passing through this process. */
  public Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(Program::isOurs);
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  /** A pod sees the variables of its template, not those somebody exported for another program. */
  private static boolean isOurs(String variable) {
    return variable.startsWith("KIBI_") || variable.equals("KUBECONFIG");
  }
}
