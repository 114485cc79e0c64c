package dev.kibi.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that were started and have not been seen to end, one file each in a directory, so
 * that they can be found and ended even if the program that started them was killed.
 */
public final class ProcessLedger {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessLedger.class);
  private static final long PATIENCE_SECONDS = 40;

  private final Path directory;

  public ProcessLedger(Path directory) {
    this.directory = directory;
  }

  /** Enters a process until it exits. One that cannot be entered is ended: nobody would find it. */
  public void enter(Process process) throws IOException {
    Path entry = directory.resolve(Long.toString(process.pid()));
    try {
      Files.createDirectories(directory);
      Files.writeString(entry, ProcessRecord.of(process.toHandle()).toString());
    } catch (IOException e) {
      process.destroyForcibly();
      Files.deleteIfExists(entry);
      throw e;
    }
    var _ = process.onExit().thenAccept(_ -> remove(entry));
  }

  private static void remove(Path entry) {
    try {
      Files.deleteIfExists(entry);
    } catch (IOException e) {
      LOG.warn("entry left behind file={} error={}", entry, e.toString());
    }
  }

  /** Ends every entered process that still runs, and returns how many that were. */
  public int endAll() throws IOException {
    List<ProcessHandle> running = running();
    running.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : running) {
      awaitOrKill(process);
    }
    for (Path entry : entries()) {
      Files.deleteIfExists(entry);
    }
    return running.size();
  }

  /** The entered processes that still run. */
  public List<ProcessHandle> running() throws IOException {
    return entries().stream()
        .flatMap(entry -> read(entry).flatMap(ProcessRecord::find).stream())
        .toList();
  }

  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static Optional<ProcessRecord> read(Path entry) {
    try {
      return Optional.of(ProcessRecord.parse(Files.readString(entry)));
    } catch (IOException | RuntimeException e) {
      LOG.warn("entry not readable file={} error={}", entry, e.toString());
      return Optional.empty();
    }
  }

  /** Waits for a process that has been asked to end; ends it the hard way when that takes long. */
  public static void awaitOrKill(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
