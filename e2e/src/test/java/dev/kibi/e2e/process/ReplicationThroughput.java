package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * How many writes one master has acknowledged by its replica, with links in the clear and with TLS,
 * in turn and in one run. It measures and is no part of a build: {@code e2e/bench/replication}.
 */
class ReplicationThroughput {
  private static final int ROUNDS = Integer.getInteger("kibi.e2e.rounds", 3);
  private static final long SECONDS = Long.getLong("kibi.e2e.seconds", 10);
  private static final int CLIENTS = 2;
  private static final int BATCH = 200;
  private static final int KEYS = 10_000;
  private static final String VALUE = "v".repeat(1024);

  @Test
  void writesPerSecondInTheClearAndWithTls() throws Exception {
    List<Double> clear = new ArrayList<>();
    List<Double> encrypted = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      clear.add(measure("off"));
      encrypted.add(measure("required"));
      System.out.printf(
          "round %d: %.0f writes of 1 KiB per second in the clear, %.0f with TLS%n",
          round + 1, clear.getLast(), encrypted.getLast());
    }
    double best = clear.stream().mapToDouble(d -> d).max().orElseThrow();
    double bestEncrypted = encrypted.stream().mapToDouble(d -> d).max().orElseThrow();
    System.out.printf(
        "best of %d: %.0f in the clear, %.0f with TLS, %.0f %%%n",
        ROUNDS, best, bestEncrypted, 100 * bestEncrypted / best);
    assertThat(bestEncrypted).isPositive();
  }

  private static double measure(String peerTls) throws Exception {
    try (LocalCluster cluster =
        LocalCluster.start(1, 1, Durability.PREFERRED, Map.of("KIBI_PEER_TLS", peerTls))) {
      new Settled(1, 1).awaitRestOn(cluster);
      NodeInfo master = cluster.master(0);
      write(master, SECONDS / 2); // the JVMs get warm
      return (double) write(master, SECONDS) / SECONDS;
    }
  }

  private static long write(NodeInfo master, long seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Callable<Long>> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      String prefix = "throughput:" + client + ":";
      clients.add(() -> writeUntil(end, master, prefix));
    }
    long written = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Long> client : threads.invokeAll(clients)) {
        written += client.get();
      }
    }
    return written;
  }

  private static long writeUntil(long end, NodeInfo master, String prefix) {
    long written = 0;
    try (Jedis jedis = new Jedis(master.address(), 6379)) {
      while (System.nanoTime() - end < 0) {
        List<Response<String>> replies = new ArrayList<>();
        Pipeline batch = jedis.pipelined();
        for (int i = 0; i < BATCH; i++) {
          replies.add(batch.set(prefix + (written + i) % KEYS, VALUE));
        }
        batch.sync();
        replies.forEach(reply -> assertThat(reply.get()).isEqualTo("OK"));
        written += BATCH;
      }
    }
    return written;
  }
}
