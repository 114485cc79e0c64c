package dev.kibi.local.cli;

import dev.kibi.local.instance.LogFiles;
import dev.kibi.local.instance.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kibi logs}: what a pod, the operator or kibi itself has printed. */
@Command(
    name = "logs",
    description = "Print the log of a pod, of the operator (operator) or of kibi itself (kibi).",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;

  @Parameters(paramLabel = "NAME", description = "A pod, operator or kibi.")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on printing what is added.")
  private boolean follow;

  @Option(names = "--tail", paramLabel = "LINES", description = "Begin with the last lines only.")
  private long tailLines = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogFiles logs = Objects.requireNonNull(kibi).settings().state().logFiles();
    if (!logs.names().contains(name) || !Files.isReadable(logs.file(name))) {
      throw new UserException("logs: " + name + " (expected: one of " + logs.names() + ")");
    }
    LogFiles.copy(logs.file(name), tailLines, follow, System.out);
    return 0;
  }
}
