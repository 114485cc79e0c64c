package dev.kibi.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Signals that Java itself cannot send. */
public enum Signal {
  STOP,
  CONT;

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Returns when it is sent; a process that has ended needs none. */
  public void send(ProcessHandle process) {
    try {
      Program.of("sh", "-c", "kill -" + name() + " " + process.pid()).run(TIMEOUT);
    } catch (AssertionError e) {
      if (process.isAlive()) {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(this + " " + process.pid() + ": interrupted", e);
    }
  }
}
