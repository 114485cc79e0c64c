package dev.kibi.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code kibi}, in a project that has not been built, on a machine with few programs.
 */
class LauncherTest {
  private static final Path SCRIPT = Path.of("../kibi");

  @TempDir private Path project;
  private Path programs;

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(SCRIPT, project.resolve("kibi"));
    programs = Files.createDirectory(project.resolve("programs"));
    for (String name :
        List.of("bash", "cut", "dirname", "env", "find", "mkdir", "readlink", "sed")) {
      Files.createSymbolicLink(programs.resolve(name), onPath(name));
    }
  }

  private static Path onPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private record Result(int code, String out) {}

  private Result kibi(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                programs.resolve("bash").toString(), project.resolve("kibi").toString(), command)
            .redirectErrorStream(true);
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "images", "test"})
  void withoutMavenOneSentenceSaysWhatIsMissing(String command) throws Exception {
    assertThat(kibi(command))
        .isEqualTo(
            new Result(1, "kibi: mvn: not found (expected: Maven 3.8 or newer on the PATH)\n"));
  }

  @Test
  void whereNothingIsBuiltNothingRunsAndNothingIsBuiltToSaySo() throws Exception {
    assertThat(kibi("status"))
        .isEqualTo(
            new Result(1, "kibi: nothing is running: nothing is built yet; start with: kibi up\n"));
    assertThat(kibi("down")).isEqualTo(new Result(0, "Nothing is running.\n"));
  }

  @Test
  void aBuildThatFailsShowsWhatMavenSaid() throws Exception {
    Path mvn = programs.resolve("mvn");
    Files.writeString(mvn, "#!/usr/bin/env bash\necho 'no such module'\nexit 1\n");
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    assertThat(kibi("up"))
        .isEqualTo(
            new Result(1, "Building …\nno such module\nkibi: the build failed; see above\n"));
  }
}
