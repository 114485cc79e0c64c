package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * What clients of a full master feel while a new replica copies its whole store and they go on
 * writing, and how much memory that takes. It measures and is no part of a build: {@code
 * e2e/bench/full-sync}.
 */
class FullSync {
  private static final long GIB = Long.getLong("kibi.e2e.gib", 5);
  private static final Duration QUIET = Duration.ofSeconds(30);
  private static final String VALUE = "v".repeat(1024);
  private static final int BATCH = 500;
  private static final int CLIENTS = 2;
  private static final long REQUEST_PAUSE_MS = 2;
  private static final int REQUEST_MS_MAX = 60_000;
  private static final double MIB = 1 << 20;
  private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern LARGEST = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  @Test
  void latencyOfClientsAndMemoryOfAMasterWhileAReplicaCopiesItsStore() throws Exception {
    String limit = GIB * 3 / 2 + 1 + "Gi";
    try (LocalCluster cluster = LocalCluster.start(1, 0, Durability.PREFERRED, limit, Map.of())) {
      new Settled(1, 0).awaitOn(cluster);
      NodeInfo master = cluster.master(0);
      long keys = fill(master);
      say("%d keys of %d bytes, %.0f MiB".formatted(keys, VALUE.length(), used(master) / MIB));
      say(
          "quiet: "
              + measure(
                  master,
                  keys,
                  () -> await().pollDelay(QUIET).atMost(QUIET.multipliedBy(2)).until(() -> true)));
      double resident = memory(master, RESIDENT);
      long start = System.nanoTime();
      Figures during =
          measure(
              master,
              keys,
              () -> {
                cluster.setReplicas(1);
                new Settled(1, 1).awaitOn(cluster);
              });
      say("while it is copied: " + during);
      say(
          "copied and in sync after %.0f s; resident memory of the master %.0f MiB before, at most %.0f MiB"
              .formatted(
                  Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3,
                  resident,
                  memory(master, LARGEST)));
      assertThat(during.latencies().getTotalCount()).isPositive();
    }
  }

  private static void say(String line) {
    System.out.println("full sync: " + line);
  }

  /** Writes keys until they take up the gibibytes asked for; returns how many. */
  private static long fill(NodeInfo master) {
    long keys = 0;
    try (Jedis jedis = NodeProcess.connect(master.address(), REQUEST_MS_MAX)) {
      while (used(master) < GIB << 30) {
        for (int batch = 0; batch < 100; batch++) {
          Pipeline pipeline = jedis.pipelined();
          for (int i = 0; i < BATCH; i++) {
            pipeline.set(key(keys), VALUE);
            keys++;
          }
          pipeline.sync();
        }
      }
    }
    return keys;
  }

  private static String key(long number) {
    return "full-sync:" + number;
  }

  private static long used(NodeInfo node) {
    try (Jedis jedis = NodeProcess.connect(node.address())) {
      return Long.parseLong(found(USED, jedis.info("memory")));
    }
  }

  /** In MiB, as the kernel counts it. */
  private static double memory(NodeInfo node, Pattern line) throws IOException {
    Path status = Path.of("/proc", Long.toString(NodeProcess.of(node).pid()), "status");
    return Long.parseLong(found(line, Files.readString(status))) / 1024.0;
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(pattern + ": not in " + text);
    }
    return matcher.group(1);
  }

  /** Something that lasts. */
  @FunctionalInterface
  private interface Episode {
    void run() throws Exception;
  }

  /** What clients saw in an episode: latencies in microseconds, of reads and writes alike. */
  private record Figures(Histogram latencies) {
    @Override
    public String toString() {
      return "%d requests, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.0f ms"
          .formatted(
              latencies.getTotalCount(),
              latencies.getValueAtPercentile(50) / 1e3,
              latencies.getValueAtPercentile(99) / 1e3,
              latencies.getValueAtPercentile(99.9) / 1e3,
              latencies.getMaxValue() / 1e3);
    }
  }

  private static Figures measure(NodeInfo master, long keys, Episode episode) throws Exception {
    Histogram latencies = new ConcurrentHistogram(3);
    List<ScheduledFuture<?>> clients = new ArrayList<>();
    try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(CLIENTS)) {
      for (int number = 0; number < CLIENTS; number++) {
        NodeConnection connection = new NodeConnection(master.address(), REQUEST_MS_MAX);
        SplittableRandom random = new SplittableRandom(number);
        clients.add(
            threads.scheduleWithFixedDelay(
                () -> ask(connection, keys, random, latencies),
                0,
                REQUEST_PAUSE_MS,
                TimeUnit.MILLISECONDS));
      }
      episode.run();
      assertThat(clients).as("clients that have failed").noneMatch(Future::isDone);
      threads.shutdownNow();
    }
    return new Figures(latencies);
  }

  /** A read or a write of a key chosen at random. */
  private static void ask(
      NodeConnection connection, long keys, SplittableRandom random, Histogram latencies) {
    String key = key(random.nextLong(keys));
    boolean read = random.nextBoolean();
    long start = System.nanoTime();
    connection.ask(jedis -> read ? jedis.get(key) : jedis.set(key, VALUE));
    latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
  }
}
