package dev.kibi.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The helm commands in the documents can be given as they stand there. */
class DocumentedCommandsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:\\./kibi kube )?helm (?:install|upgrade) ([^#\\n]+)");

  private Helm helm = new Helm(Path.of("helm"));

  @BeforeEach
  void helmIsThere() throws IOException {
    helm = Helm.here();
  }

  @Test
  void bothChartsAreInstalledSomewhere() throws IOException {
    assertThat(commands())
        .anyMatch(command -> command.contains("helm/kibi "))
        .anyMatch(command -> command.contains("helm/kibi-cluster "));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsToBeTypedIsAccepted(String command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("template"));
    for (String word : command.split("\\s+", -1)) {
      arguments.add(word.startsWith("helm/") ? PROJECT.resolve(word).toString() : word);
    }
    assertThat(helm.run(arguments.toArray(String[]::new))).contains("kind: ");
  }

  /** What follows the word install or upgrade, of every command in README and docs. */
  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path document : documents()) {
      Matcher matcher = COMMAND.matcher(Files.readString(document));
      while (matcher.find()) {
        commands.add(matcher.group(1).strip());
      }
    }
    return commands;
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(PROJECT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }
}
