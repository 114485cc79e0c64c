package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes new keys without pause from several threads, and remembers which were acknowledged: these
 * must be found later, whatever happened meanwhile. About a write that failed nothing is known.
 */
public final class AcknowledgedWriter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SHOWN = 10;

  private final RedisClusterClient client;
  private final String prefix;
  private final Ledger ledger = new Ledger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<? extends Future<?>> writers;
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

  private void write(int writer) {
    for (long i = 0; !stopped; i++) {
      String key = prefix + ":" + writer + ":" + i;
      long value = ledger.attempt(key);
      try {
        if ("OK".equals(client.set(key, Long.toString(value)))) {
          ledger.acknowledge(key, value);
        }
      } catch (JedisException e) {
        failures.add(Instant.now() + " " + e + Arrays.toString(e.getSuppressed()));
      }
    }
  }

  public long acknowledged() {
    return ledger.acknowledgements();
  }

  /** When and why writes failed. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /**
   * Reads every write acknowledged so far with a client that nothing has happened to, and says
   * which keys are not as they should be, and how they are, each once. Writing goes on.
   */
  private Map<String, String> lost(RedisClusterClient reader) {
    List<String> keys = ledger.acknowledgedKeys();
    List<String> values = PipelinedReads.read(reader, keys, ClusterPipeline::get, reader::get);
    Map<String, String> lost = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      // A key is written once, so its value does not change after the acknowledgement.
      ledger
          .objection(key, ledger.acknowledged(key), values.get(i))
          .ifPresent(objection -> lost.put(key, objection));
    }
    ledger.forget(List.copyOf(lost.keySet()));
    return lost;
  }

  /** Deletes what was acknowledged but for the last {@code kept} keys, to make room. */
  private void trim(RedisClusterClient deleter, int kept) {
    List<String> keys = ledger.acknowledgedKeys();
    List<String> old = keys.subList(0, Math.max(0, keys.size() - kept));
    ledger.forget(old);
    PipelinedReads.read(deleter, old, ClusterPipeline::del, deleter::del);
  }

  /**
   * What {@link #lost} says on a cluster at rest, by clients that have seen no trouble; then all
   * but the last {@code kept} keys are deleted.
   */
  public Map<String, String> lostSoFar(HostAndPort endpoint, int kept) {
    Map<String, String> lost = asked(endpoint, this::lost);
    asked(
        endpoint,
        deleter -> {
          trim(deleter, kept);
          return kept;
        });
    return lost;
  }

  /** Rest is no promise: on a busy machine a master may change at any time. */
  private static <T> T asked(HostAndPort endpoint, Function<RedisClusterClient, T> question) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(JedisException.class)
        .until(
            () -> {
              try (RedisClusterClient untroubled = RedisClusterClient.create(endpoint)) {
                return question.apply(untroubled);
              }
            },
            _ -> true);
  }

  /** Stops writing; an error unless every acknowledged write is there. */
  public void stopAndVerify() throws InterruptedException, ExecutionException {
    stopped = true;
    for (Future<?> writer : writers) {
      writer.get();
    }
    Map<String, String> lost = lost(client);
    System.out.printf(
        "%s: %d writes acknowledged, %d failed, %d lost%n",
        prefix, acknowledged(), failures.size(), lost.size());
    failures.stream().limit(SHOWN).forEach(failure -> System.out.println("  failed: " + failure));
    assertThat(lost.values().stream().limit(SHOWN))
        .as("%d of %d acknowledged writes are lost", lost.size(), acknowledged())
        .isEmpty();
  }

  @Override
  public void close() {
    stopped = true;
    threads.close();
  }
}
