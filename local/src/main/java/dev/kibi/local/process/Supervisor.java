package dev.kibi.local.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one program running until it is told to stop: whenever the program exits it is started
 * again, after a {@link BackOff}, whose longest delay {@code KIBI_RESTART_DELAY_MAX} changes.
 */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final String name;
  private final Program program;
  private final ProcessLedger ledger;
  private final Listener listener;
  private final BackOff backOff =
      BackOff.ofLongest(System.getenv().getOrDefault("KIBI_RESTART_DELAY_MAX", ""));
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable Process process;

  /** Hears about every start and exit, in order, on one thread. */
  public interface Listener {
    void started(Process process);

    /** {@code exitCode} is 128 + signal if a signal ended the process, as in a shell. */
    void exited(int exitCode, Instant startedAt, Duration restartDelay);

    /** The program could not be started at all; it is tried again. */
    void startFailed(String reason, Duration restartDelay);
  }

  public Supervisor(String name, Program program, ProcessLedger ledger, Listener listener) {
    this.name = name;
    this.program = program;
    this.ledger = ledger;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("supervisor-" + name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!isStopping()) {
        Instant startedAt = Instant.now();
        Process started = startProcess(startedAt);
        if (started != null) {
          int exitCode = started.waitFor();
          LOG.info("exited name={} pid={} code={}", name, started.pid(), exitCode);
          if (isStopping()) {
            return;
          }
          Duration delay = backOff.after(Duration.between(startedAt, Instant.now()));
          listener.exited(exitCode, startedAt, delay);
          awaitStop(delay);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Process startProcess(Instant now) throws InterruptedException {
    Process started;
    try {
      synchronized (this) {
        if (isStopping()) {
          return null;
        }
        started = program.start();
        ledger.enter(started);
        process = started;
      }
    } catch (IOException e) {
      Duration delay = backOff.after(Duration.between(now, Instant.now()));
      LOG.error("not started name={} error={}", name, e.toString());
      listener.startFailed(String.valueOf(e.getMessage()), delay);
      awaitStop(delay);
      return null;
    }
    LOG.info("started name={} pid={}", name, started.pid());
    listener.started(started);
    return started;
  }

  private boolean isStopping() {
    return stopRequested.getCount() == 0;
  }

  private void awaitStop(Duration delay) throws InterruptedException {
    if (stopRequested.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("no restart name={}: stopping", name);
    }
  }

  /** Ends the present process; unless {@link #stop} was called, the next one follows. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Ends the program for good: asks it to, waits {@code grace} at most, then kills it. */
  public void stop(Duration grace) throws InterruptedException {
    Process last;
    synchronized (this) {
      stopRequested.countDown();
      last = process;
    }
    if (last != null) {
      last.destroy();
      if (!last.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("killed name={} pid={}: still running after {}", name, last.pid(), grace);
        last.destroyForcibly().waitFor();
      }
    }
    thread.join();
  }
}
