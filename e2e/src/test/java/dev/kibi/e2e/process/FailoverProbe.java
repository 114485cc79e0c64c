package dev.kibi.e2e.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A client of one shard that asks all of its nodes in turn, again and again, until one acknowledges
 * a write: it sees when a shard takes writes again without the delays of a client library.
 */
final class FailoverProbe implements AutoCloseable {
  private static final long PAUSE_MS = 5;
  private static final long PATIENCE_SECONDS = 120;

  private final List<String> addresses;
  private final String key;
  private final Map<String, Jedis> connections = new HashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  FailoverProbe(List<String> addresses, String key) {
    this.addresses = addresses;
    this.key = key;
  }

  /**
   * How long after the start of {@code disturbance} a write is acknowledged that began after it.
   */
  Duration firstWriteAfter(Runnable disturbance) throws InterruptedException, ExecutionException {
    CompletableFuture<Long> acknowledged = new CompletableFuture<>();
    long start = System.nanoTime();
    disturbance.run();
    var attempts =
        thread.scheduleWithFixedDelay(
            () -> attempt(acknowledged), 0, PAUSE_MS, TimeUnit.MILLISECONDS);
    try {
      return Duration.ofNanos(acknowledged.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - start);
    } catch (TimeoutException e) {
      throw new AssertionError(key + ": no write in " + PATIENCE_SECONDS + " s", e);
    } finally {
      attempts.cancel(false);
    }
  }

  private void attempt(CompletableFuture<Long> acknowledged) {
    for (String address : addresses) {
      try {
        Jedis connection = connections.computeIfAbsent(address, NodeProcess::connect);
        if ("OK".equals(connection.set(key, address))) {
          acknowledged.complete(System.nanoTime());
          return;
        }
      } catch (JedisConnectionException e) {
        forget(address);
      } catch (JedisException e) {
        // Answered: MOVED or CLUSTERDOWN. The next node, or the next attempt, may know better.
      } catch (RuntimeException e) {
        acknowledged.completeExceptionally(e);
      }
    }
  }

  private void forget(String address) {
    Jedis broken = connections.remove(address);
    if (broken != null) {
      broken.close();
    }
  }

  @Override
  public void close() {
    thread.close();
    connections.values().forEach(Jedis::close);
  }
}
