package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes with a program that stops when its input ends, and then prints {@code written: N} and
 * {@code slowest: MS}; a line {@code failed: …} for each failure before that.
 */
final class ProgramWriter implements KeyWriter {
  private static final String FAILED = "failed: ";
  private static final String WRITTEN = "written: ";
  private static final String SLOWEST = "slowest: ";
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path output;

  private ProgramWriter(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ProgramWriter start(String... command) throws IOException {
    Path output = Files.createTempFile("kibi-", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ProgramWriter(process, output);
  }

  @Override
  public Written stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);
    Files.delete(output);
    assertThat(ended).as("ends with its input: %s", lines).isTrue();
    assertThat(process.exitValue()).as("exit code of %s", lines).isZero();
    return new Written(
        number(lines, WRITTEN),
        number(lines, SLOWEST),
        lines.stream().filter(line -> line.startsWith(FAILED)).toList());
  }

  private static long number(List<String> lines, String label) {
    return lines.stream()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(lines + " (expected: a line " + label + "N)"));
  }
}
