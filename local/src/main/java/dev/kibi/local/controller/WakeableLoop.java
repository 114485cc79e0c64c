package dev.kibi.local.controller;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task whenever it was woken since the last run, and from time to time anyway; wakes that
 * come together make one run.
 */
public final class WakeableLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WakeableLoop.class);
  private static final Duration RESYNC = Duration.ofSeconds(5);

  private final Semaphore wakes = new Semaphore(0);
  private final Runnable task;
  private final Thread thread;

  public WakeableLoop(String name, Runnable task) {
    this.task = task;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public void wake() {
    wakes.release();
  }

  /** A handler that wakes this loop on every event. */
  public <T> ResourceEventHandler<T> wakeOnEvents() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        wake();
      }

      @Override
      public void onUpdate(T before, T after) {
        wake();
      }

      @Override
      public void onDelete(T object, boolean stateUnknown) {
        wake();
      }
    };
  }

  private void run() {
    try {
      while (true) {
        boolean woken = wakes.tryAcquire(RESYNC.toMillis(), TimeUnit.MILLISECONDS);
        LOG.trace("running task={} woken={}", thread.getName(), woken);
        wakes.drainPermits();
        runTask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runTask() {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("task failed name={}: tried again in {}", thread.getName(), RESYNC, e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
