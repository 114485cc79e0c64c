package dev.kibi.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do something for every number of a range, each number once. What one of them throws
 * ends the work, and is thrown to who waits for it.
 */
public final class Workers {

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private Workers() {}

  /** Does something for {@code count} numbers from {@code from} on, and waits for the end of it. */
  public static void forEach(long from, long count, int threads, LongConsumer task)
      throws InterruptedException {
    Workers workers = start(from, count, threads, task);
    while (!workers.await(Duration.ofMinutes(1))) {
      // until it is done
    }
  }

  /** Begins with it; the threads do not keep the program alive. */
  public static Workers start(long from, long count, int threads, LongConsumer task) {
    Workers workers = new Workers();
    AtomicLong next = new AtomicLong(from);
    for (int i = 0; i < threads; i++) {
      workers.threads.add(
          Thread.ofPlatform()
              .name("worker-" + i)
              .daemon()
              .start(() -> workers.work(next, from + count, task)));
    }
    return workers;
  }

  private void work(AtomicLong next, long end, LongConsumer task) {
    try {
      for (long number = next.getAndIncrement();
          number < end && failure.get() == null;
          number = next.getAndIncrement()) {
        task.accept(number);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Whether all is done, after waiting for it so long per thread at the most. */
  public boolean await(Duration most) throws InterruptedException {
    boolean done = true;
    for (Thread thread : threads) {
      done &= thread.join(most);
    }
    Throwable thrown = failure.get();
    if (done && thrown != null) {
      throw new IllegalStateException("a worker has failed", thrown);
    }
    return done;
  }
}
