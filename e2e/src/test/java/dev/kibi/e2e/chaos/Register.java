package dev.kibi.e2e.chaos;

import dev.kibi.e2e.process.Ledger;
import dev.kibi.e2e.process.NodeConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A key of one shard with rising values: one writer, and on each node of the shard a reader that
 * does not ask for reads of a replica, so that whoever answers takes itself for the master. A
 * master that was deposed and does not know it yet is caught when it answers.
 *
 * <p>When the fate of a write is unknown it may still take effect later; the key is left behind
 * then, and a new one taken, so that an old value is never the late effect of an old write.
 */
final class Register implements AutoCloseable {
  private static final long WRITE_PAUSE_MS = 5;
  private static final long READ_PAUSE_MS = 10;

  /** Short, so that a node that was frozen finds requests when it wakes up that began just then. */
  private static final int TIMEOUT_MS = 500;

  private final Ledger ledger = new Ledger();
  private final String tag;
  private final List<String> addresses;
  private final List<NodeConnection> readers;
  private final List<NodeConnection> writers;
  private final ScheduledExecutorService threads;
  private final AtomicInteger incarnation = new AtomicInteger();
  private final AtomicLong reads = new AtomicLong();
  private final Queue<String> objections = new ConcurrentLinkedQueue<>();
  private int writesTo; // of the writing thread

  /** {@code tag} decides on the shard, whose nodes have these addresses. */
  Register(String tag, List<String> addresses) {
    this.tag = tag;
    this.addresses = addresses;
    this.threads = Executors.newScheduledThreadPool(addresses.size() + 1);
    this.readers = addresses.stream().map(Register::connection).toList();
    this.writers = addresses.stream().map(Register::connection).toList();
    every(WRITE_PAUSE_MS, this::write);
    for (int i = 0; i < addresses.size(); i++) {
      int node = i;
      every(READ_PAUSE_MS, () -> read(node));
    }
  }

  private static NodeConnection connection(String address) {
    return new NodeConnection(address, TIMEOUT_MS);
  }

  private void every(long pauseMs, Runnable action) {
    var _ =
        threads.scheduleWithFixedDelay(
            () -> {
              try {
                action.run();
              } catch (RuntimeException e) {
                objections.add("a client failed: " + e);
              }
            },
            0,
            pauseMs,
            TimeUnit.MILLISECONDS);
  }

  private String key() {
    return "{" + tag + "}:" + incarnation.get();
  }

  private void write() {
    String key = key();
    long value = ledger.attempt(key);
    try {
      writers.get(writesTo).ask(jedis -> jedis.set(key, Long.toString(value)));
      ledger.acknowledge(key, value);
    } catch (JedisException e) {
      if (!(e instanceof JedisDataException)) {
        incarnation.incrementAndGet(); // No answer, not even a refusal.
      }
      writesTo = (writesTo + 1) % writers.size();
    }
  }

  private void read(int node) {
    String key = key();
    long acknowledged = ledger.acknowledged(key);
    try {
      String seen = readers.get(node).ask(jedis -> jedis.get(key));
      reads.incrementAndGet();
      ledger
          .objection(key, acknowledged, seen)
          .ifPresent(objection ->
              objections.add(addresses.get(node) + " " + Instant.now() + " " + objection));
    } catch (JedisException notAMaster) {
      // MOVED, CLUSTERDOWN or no answer: it has claimed nothing.
    }
  }

  /** How many writes were acknowledged. */
  long acknowledged() {
    return ledger.acknowledgements();
  }

  /** How many reads somebody answered who took himself for the master. */
  long reads() {
    return reads.get();
  }

  /** What was wrong with reads since this was asked last. */
  List<String> objections() {
    List<String> taken = new ArrayList<>();
    for (String next = objections.poll(); next != null; next = objections.poll()) {
      taken.add(next);
    }
    return taken;
  }

  @Override
  public void close() {
    threads.close();
    readers.forEach(NodeConnection::close);
    writers.forEach(NodeConnection::close);
  }
}
