package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes new keys without pause from several threads, and remembers which were acknowledged: these
 * must be found later, whatever happened meanwhile. About a write that failed nothing is known.
 */
public final class AcknowledgedWriter implements AutoCloseable {
  private static final int SHOWN = 10;

  private final RedisClusterClient client;
  private final String prefix;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<List<String>>> writers;
  private final AtomicLong acknowledged = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** Starts to write keys that begin with {@code prefix}. */
  public AcknowledgedWriter(RedisClusterClient client, String prefix, int writers) {
    this.client = client;
    this.prefix = prefix;
    this.writers =
        IntStream.range(0, writers)
            .mapToObj(writer -> threads.submit(() -> write(writer)))
            .toList();
  }

  private List<String> write(int writer) {
    List<String> keys = new ArrayList<>();
    for (long i = 0; !stopped; i++) {
      String key = prefix + ":" + writer + ":" + i;
      try {
        if ("OK".equals(client.set(key, key))) {
          keys.add(key);
          acknowledged.incrementAndGet();
        }
      } catch (JedisException e) {
        failures.add(Instant.now() + " " + e + Arrays.toString(e.getSuppressed()));
      }
    }
    return keys;
  }

  public long acknowledged() {
    return acknowledged.get();
  }

  /** When and why writes failed. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** Stops writing; an error unless every acknowledged write is there. */
  public void stopAndVerify() throws InterruptedException, ExecutionException {
    stopped = true;
    List<String> keys = new ArrayList<>();
    for (Future<List<String>> writer : writers) {
      keys.addAll(writer.get());
    }
    List<String> values = PipelinedReads.read(client, keys, ClusterPipeline::get, client::get);
    List<String> lost =
        IntStream.range(0, keys.size())
            .filter(i -> !keys.get(i).equals(values.get(i)))
            .mapToObj(keys::get)
            .toList();
    System.out.printf(
        "%s: %d writes acknowledged, %d failed, %d lost%n",
        prefix, keys.size(), failures.size(), lost.size());
    failures.stream().limit(SHOWN).forEach(failure -> System.out.println("  failed: " + failure));
    assertThat(lost.stream().limit(SHOWN))
        .as("%d of %d acknowledged writes are lost", lost.size(), keys.size())
        .isEmpty();
  }

  @Override
  public void close() {
    stopped = true;
    threads.close();
  }
}
