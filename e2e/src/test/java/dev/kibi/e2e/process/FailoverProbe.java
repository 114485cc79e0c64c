package dev.kibi.e2e.process;

import dev.kibi.protocol.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Clients of one shard, one for each of its nodes, that try again and again until one of them is
 * acknowledged a write: they see when a shard takes writes again without the delays of a client
 * library, and a node that does not answer holds up nobody but its own.
 */
public final class FailoverProbe implements AutoCloseable {
  private static final long PAUSE_MS = 5;
  private static final int TIMEOUT_MS = 1_000;
  private static final long PATIENCE_SECONDS = 120;

  private final List<NodeConnection> nodes;
  private final String key;
  private final ScheduledExecutorService threads;

  FailoverProbe(List<String> addresses, String key) {
    this.nodes =
        addresses.stream().map(address -> new NodeConnection(address, TIMEOUT_MS)).toList();
    this.key = key;
    this.threads = Executors.newScheduledThreadPool(nodes.size());
  }

  /** Clients of one shard of Kibi. */
  public static FailoverProbe of(Topology topology, int shard) {
    return new FailoverProbe(ShardMembers.addresses(topology, shard), ShardKey.of(topology, shard));
  }

  /**
   * How long after the start of {@code disturbance} a write is acknowledged that began after it.
   */
  public Duration firstWriteAfter(Runnable disturbance)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Long> acknowledged = new CompletableFuture<>();
    long start = System.nanoTime();
    disturbance.run();
    List<? extends ScheduledFuture<?>> attempts =
        nodes.stream()
            .map(node ->
                threads.scheduleWithFixedDelay(
                    () -> attempt(node, acknowledged), 0, PAUSE_MS, TimeUnit.MILLISECONDS))
            .toList();
    try {
      return Duration.ofNanos(acknowledged.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - start);
    } catch (TimeoutException e) {
      throw new AssertionError(key + ": no write in " + PATIENCE_SECONDS + " s", e);
    } finally {
      attempts.forEach(attempt -> attempt.cancel(false));
    }
  }

  private void attempt(NodeConnection node, CompletableFuture<Long> acknowledged) {
    try {
      if ("OK".equals(node.ask(jedis -> jedis.set(key, key)))) {
        acknowledged.complete(System.nanoTime());
      }
    } catch (JedisException e) {
      // No answer, MOVED or CLUSTERDOWN. Another node, or the next attempt, may know better.
    } catch (RuntimeException e) {
      acknowledged.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    threads.close();
    nodes.forEach(NodeConnection::close);
  }
}
