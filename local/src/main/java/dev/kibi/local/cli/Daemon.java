package dev.kibi.local.cli;

import dev.kibi.local.instance.LogFiles;
import dev.kibi.local.instance.Settings;
import dev.kibi.local.instance.UserException;
import dev.kibi.local.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts the background process that holds an instance. */
final class Daemon {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SENTENCE = "kibi: ";

  private Daemon() {}

  /** Returns when the API server answers; fails with the sentence that the process ended with. */
  static void start(Settings settings) throws IOException, InterruptedException {
    if (settings.state().isLocked()) {
      String pid =
          settings.state().owner().map(process -> " (pid " + process.pid() + ")").orElse("");
      throw new UserException(
          "an instance is already running in "
              + settings.state()
              + pid
              + "; end it with: kibi down");
    }
    Path log = settings.state().logFiles().file(LogFiles.KIBI);
    Files.deleteIfExists(log);
    Process process = new Program(command(settings), ourVariables(), log).start();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!isOwnedBy(settings, process)) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new UserException(lastWords(log));
      }
      if (Instant.now().isAfter(deadline)) {
        process.destroy();
        throw new UserException("the background process did not start; see " + log);
      }
    }
  }

  /** The same program as this one, so what was exported for this one is for it too. */
  private static Map<String, String> ourVariables() {
    return System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("KIBI_"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isOwnedBy(Settings settings, Process process) {
    return settings.state().owner().filter(owner -> owner.pid() == process.pid()).isPresent();
  }

  private static List<String> command(Settings settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "dev.kibi.local.Main"));
    command.addAll(
        List.of(
            "--home",
            settings.home().toString(),
            "--state-dir",
            settings.state().toString(),
            "--network",
            settings.network(),
            "daemon"));
    return command;
  }

  private static String lastWords(Path log) throws IOException {
    return Files.readAllLines(log).reversed().stream()
        .filter(line -> line.startsWith(SENTENCE))
        .map(line -> line.substring(SENTENCE.length()))
        .findFirst()
        .orElse("the background process ended at once; see " + log);
  }
}
