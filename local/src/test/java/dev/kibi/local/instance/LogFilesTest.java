package dev.kibi.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFilesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"0, ''", "1, c", "2, b c", "3, a b c", "9, a b c"})
  void theTailOfALogIsItsLastLines(long lines, String expected) throws Exception {
    Path log = Files.writeString(directory.resolve("x.log"), "a\nb\nc\n");
    assertThat(copy(log, lines).lines()).containsExactly(words(expected));
  }

  @Test
  void allOfALogIsCopiedUnlessTold() throws Exception {
    Path log = Files.writeString(directory.resolve("x.log"), "a\nb");
    assertThat(copy(log, Long.MAX_VALUE)).isEqualTo("a\nb");
  }

  @Test
  void podsOutsideOfTheDefaultNamespaceAreNamedWithIt() throws Exception {
    LogFiles logs = new LogFiles(directory);
    Files.createFile(logs.ofPod("default", "p-0"));
    Files.createFile(logs.ofPod("team", "p-0"));
    assertThat(logs.names()).containsExactly("p-0", "team.p-0");
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split(" ", -1);
  }

  private static String copy(Path log, long lines) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogFiles.copy(log, lines, false, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
