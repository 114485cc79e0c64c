package dev.kibi.local.cli;

import dev.kibi.local.instance.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code kibi test}: builds and tests the project; the launcher does the same without this class.
 */
@Command(
    name = "test",
    description = "Build the project and run all of its tests.",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "More arguments for Maven.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "verify"));
    command.addAll(arguments);
    ProcessBuilder maven =
        new ProcessBuilder(command)
            .directory(Objects.requireNonNull(kibi).settings().home().toFile())
            .inheritIO();
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      return maven.start().waitFor();
    } catch (IOException e) {
      throw new UserException("mvn: not found (expected: Maven on the PATH)", e);
    }
  }
}
