package dev.kibi.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLedgerTest {
  @TempDir private Path directory;

  @Test
  void processesAreEndedThatAnotherLedgerHasEntered() throws IOException {
    Process sleeper = sleeper();
    new ProcessLedger(directory).enter(sleeper);
    assertThat(new ProcessLedger(directory).endAll()).isOne();
    assertThat(sleeper.isAlive()).isFalse();
    assertThat(new ProcessLedger(directory).endAll()).isZero();
  }

  @Test
  void aProcessThatExitedIsNoLongerEntered() throws IOException {
    Process sleeper = sleeper();
    new ProcessLedger(directory).enter(sleeper);
    sleeper.destroy();
    await().until(() -> isEmpty(directory));
  }

  /** As on a full disk. */
  @Test
  void aProcessThatCannotBeEnteredIsEnded() throws Exception {
    Path file = Files.createFile(directory.resolve("no-directory"));
    Process sleeper = sleeper();
    assertThatThrownBy(() -> new ProcessLedger(file).enter(sleeper))
        .isInstanceOf(IOException.class);
    assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherProcessWithAReusedPidIsLeftAlone() throws IOException {
    Process stranger = sleeper();
    ProcessRecord earlier =
        new ProcessRecord(
            stranger.pid(),
            ProcessRecord.of(stranger.toHandle()).started().minus(Duration.ofMinutes(1)));
    Files.writeString(directory.resolve(Long.toString(stranger.pid())), earlier.toString());
    assertThat(new ProcessLedger(directory).endAll()).isZero();
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroy();
  }

  @Test
  void aRecordIsReadAsItWasWrittenAndNonsenseIsRefused() {
    ProcessRecord record = ProcessRecord.of(ProcessHandle.current());
    assertThat(ProcessRecord.parse(record.toString())).isEqualTo(record);
    assertThat(record.find()).contains(ProcessHandle.current());
    assertThatThrownBy(() -> ProcessRecord.parse("17"))
        .hasMessage("process: 17 (expected: PID START-TIME)");
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
