package dev.kibi.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The program itself, in a network of its own where that can be had. {@code -Dkibi.chaos.cycles=N}
 * and {@code -Dkibi.chaos.seed=S} choose how long it runs, and what happens.
 */
class ChaosIT {
  private static final String CYCLES = System.getProperty("kibi.chaos.cycles", "20");
  private static final String SEED =
      System.getProperty("kibi.chaos.seed", Long.toString(System.nanoTime()));
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @Test
  @Timeout(value = 50, unit = TimeUnit.MINUTES)
  void nothingAcknowledgedIsLostAndNoMasterAnswersWithAnOldValue() throws Exception {
    assertThat(chaos("--cycles", CYCLES, "--seed", SEED)).isZero();
  }

  /** Its exit code; what it says is said here. */
  private static int chaos(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                HOME.resolve("e2e/chaos/isolated").toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dkibi.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                Chaos.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(System.out::println);
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
