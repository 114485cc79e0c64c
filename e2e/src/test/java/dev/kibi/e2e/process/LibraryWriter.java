package dev.kibi.e2e.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Writes with a Java library, on a thread of its own. */
final class LibraryWriter implements KeyWriter, AutoCloseable {

  /** How the library sets a key; it fails by an exception. */
  @FunctionalInterface
  interface Setter {
    void set(String key, String value);
  }

  private final String prefix;
  private final Setter setter;
  private final Duration pause;
  private final FutureTask<Written> task = new FutureTask<>(this::write);
  private volatile boolean stopped;

  private LibraryWriter(String prefix, Setter setter, Duration pause) {
    this.prefix = prefix;
    this.setter = setter;
    this.pause = pause;
  }

  static LibraryWriter start(String prefix, Setter setter) {
    return start(prefix, setter, Duration.ZERO);
  }

  /** With a pause after each request, which counts for nothing. */
  static LibraryWriter start(String prefix, Setter setter, Duration pause) {
    LibraryWriter writer = new LibraryWriter(prefix, setter, pause);
    Thread.startVirtualThread(writer.task);
    return writer;
  }

  private Written write() {
    List<String> failures = new ArrayList<>();
    long slowestNs = 0;
    long keys = 0;
    for (; !stopped; keys++) {
      long start = System.nanoTime();
      try {
        setter.set(prefix + ":" + keys, Long.toString(keys));
      } catch (RuntimeException e) {
        failures.add(prefix + ":" + keys + ": " + e);
      }
      slowestNs = Math.max(slowestNs, System.nanoTime() - start);
      LockSupport.parkNanos(pause.toNanos());
    }
    return new Written(keys, Duration.ofNanos(slowestNs).toMillis(), failures);
  }

  @Override
  public Written stop() throws InterruptedException, ExecutionException {
    stopped = true;
    return task.get();
  }

  /** Writes no more, and waits for nothing. */
  @Override
  public void close() {
    stopped = true;
  }
}
