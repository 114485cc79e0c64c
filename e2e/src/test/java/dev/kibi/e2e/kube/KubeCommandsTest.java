package dev.kibi.e2e.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.e2e.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is refused with a sentence, and nobody's cluster goes without a word. */
class KubeCommandsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Where the cluster's state would be if one were up. */
  @TempDir private Path directory = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"load", "enter", "node", "pack", "rootfs"})
  void aCommandWithoutItsArgumentsSaysHowItIsUsed(String command) {
    refused("kube", command).contains("exit 2", command + " ").doesNotContain("unbound");
  }

  @ParameterizedTest
  @CsvSource({
    "node kill, node start|kill|freeze",
    "node break 1, node start|kill|freeze",
    "node kill 99, node: 99 (expected: a node of the cluster that is up)",
    "load /nonexistent.tar, load: /nonexistent.tar (expected: an image archive)",
    "load pom.xml, load: no node runs (expected: 'kibi kube up' first)",
    "enter true, enter: nothing is up (expected: 'kibi kube up' first)",
    "build nonsense, build: nonsense (expected: one of kube-apiserver",
  })
  void whatCannotBeDoneIsNotDoneInSilence(String line, String sentence) {
    List<String> words = new ArrayList<>(List.of("kube"));
    words.addAll(List.of(line.split(" ", -1)));
    refused(words.toArray(String[]::new)).contains(sentence);
  }

  /** Names are fixed: without that check this would end the cluster that is up elsewhere. */
  @Test
  void whatUpDidNotMakeIsNotTakenDown() throws Exception {
    Path state = Files.createDirectory(directory.resolve("state"));
    refused("kube", "down").contains("down: " + state + " (expected: what 'kibi kube up' made)");
    assertThat(state).exists();
  }

  @ParameterizedTest
  @CsvSource({"''", "tests 1"})
  void theTestsReplaceNoClusterThatIsInUse(String owner) throws Exception {
    Path state = Files.createDirectory(directory.resolve("state"));
    Path file = Files.writeString(state.resolve("owner"), owner);
    refused("test", "--kubernetes").contains("kibi: test --kubernetes: a cluster is up");
    assertThat(file).exists();
  }

  /** The words of a command that fails. */
  private AbstractStringAssert<?> refused(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "KIBI_KUBE_STATE=" + directory.resolve("state"),
                Path.of("..", "kibi").toAbsolutePath().normalize().toString()));
    command.addAll(List.of(arguments));
    return assertThatThrownBy(() -> new Program(command).run(TIMEOUT))
        .isInstanceOf(AssertionError.class)
        .message();
  }
}
