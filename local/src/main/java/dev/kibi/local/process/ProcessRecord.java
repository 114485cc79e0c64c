package dev.kibi.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Names a process beyond its life: a pid is reused some day, so its start time belongs to it.
 *
 * <p>Written as {@code PID START-TIME}.
 */
public record ProcessRecord(long pid, Instant started) {
  /** Start times are computed from the system clock, which may have been adjusted since. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  public static ProcessRecord of(ProcessHandle process) {
    return new ProcessRecord(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** Throws {@link IllegalArgumentException} for what {@link #toString()} has not written. */
  public static ProcessRecord parse(String text) {
    String[] parts = text.trim().split(" ", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("process: " + text + " (expected: PID START-TIME)");
    }
    return new ProcessRecord(Long.parseLong(parts[0]), Instant.parse(parts[1]));
  }

  /** The process, if it still runs. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process ->
            process
                .info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs())
                .filter(difference -> difference.compareTo(CLOCK_TOLERANCE) <= 0)
                .isPresent());
  }

  @Override
  public String toString() {
    return pid + " " + started;
  }
}
