package dev.kibi.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kibi.e2e.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClocksTest {
  private static final String SAYS_THE_TIME =
      """
      public class Time {
        public static void main(String[] args) throws Exception {
          long start = System.nanoTime();
          java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
          System.out.print(System.currentTimeMillis() + " " + (System.nanoTime() - start));
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void aProgramsClockIsSetWrongByItselfAndTimeThatPassesIsLeftAlone() throws Exception {
    assumeTrue(Program.onPath("faketime").isPresent(), "faketime is not installed");
    Clocks clocks = Clocks.in(directory, Path.of(System.getProperty("java.home"))).orElseThrow();
    assertThat(ahead(clocks, "a")).isBetween(-1_000L, 20_000L);
    clocks.set("a", Duration.ofHours(1));
    clocks.set("b", Duration.ofHours(-1));
    assertThat(ahead(clocks, "a")).isBetween(3_599_000L, 3_620_000L);
    assertThat(ahead(clocks, "b")).isBetween(-3_601_000L, -3_580_000L);
    clocks.set("a", Duration.ZERO);
    assertThat(ahead(clocks, "a")).isBetween(-1_000L, 20_000L);
  }

  /** Milliseconds, while the program starts among them. */
  private long ahead(Clocks clocks, String pod) throws IOException, InterruptedException {
    Path source = Files.writeString(directory.resolve("Time.java"), SAYS_THE_TIME);
    long before = Instant.now().toEpochMilli();
    String[] said =
        new Program(
                List.of(
                    clocks.javaHome().resolve("bin").resolve("java").toString(), source.toString()),
                Map.of("KIBI_POD_NAME", pod))
            .run(Duration.ofMinutes(1))
            .split(" ", -1);
    assertThat(Long.parseLong(said[1])).isGreaterThanOrEqualTo(50_000_000);
    return Long.parseLong(said[0]) - before;
  }
}
