package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/**
 * Masters are handed over again and again while the usual clients write, with the settings they
 * come with and given nothing but the Service's address. No request may fail. The pause that a
 * client sees, and how much of it the compare-and-set of the topology is, are measured and printed.
 *
 * <p>{@code -Dkibi.e2e.switchovers=N} chooses how many there are for each client.
 */
class SwitchoverIT {
  private static final int SHARDS = 2;
  private static final int REPLICAS = 1;
  private static final int SWITCHOVERS = Integer.getInteger("kibi.e2e.switchovers", 6);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path GO_REDIS = Path.of("clients/go-redis").toAbsolutePath();

  private static LocalCluster cluster;
  private static Switchovers switchovers;
  private static HostAndPort endpoint;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(SHARDS, REPLICAS);
    switchovers = new Switchovers(cluster, new Settled(SHARDS, REPLICAS));
    endpoint = cluster.endpoint();
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
      System.out.println(switchovers);
    }
  }

  @Test
  void noRequestOfJedisFails() throws Exception {
    try (RedisClusterClient jedis = RedisClusterClient.create(endpoint)) {
      noRequestFails("jedis", LibraryWriter.start("jedis", jedis::set));
    }
  }

  @Test
  void noRequestOfLettuceFails() throws Exception {
    RedisURI uri = RedisURI.create(endpoint.getHost(), endpoint.getPort());
    try (var client = io.lettuce.core.cluster.RedisClusterClient.create(uri);
        StatefulRedisClusterConnection<String, String> lettuce = client.connect()) {
      noRequestFails("lettuce", LibraryWriter.start("lettuce", lettuce.sync()::set));
    }
  }

  @Test
  void noRequestOfRedisPyFails() throws Exception {
    String script = Resources.text("redis_py_writer.py");
    String port = Integer.toString(endpoint.getPort());
    noRequestFails(
        "redis-py",
        ProgramWriter.start("python3", "-c", script, endpoint.getHost(), port, "redis-py"));
  }

  @Test
  @EnabledIf("isGoInstalled")
  void noRequestOfGoRedisFails() throws Exception {
    Path program = Path.of("target/go-redis-writer").toAbsolutePath();
    Program.of("go", "build", "-C", GO_REDIS.toString(), "-o", program.toString(), ".")
        .run(Duration.ofMinutes(4));
    noRequestFails(
        "go-redis", ProgramWriter.start(program.toString(), endpoint.toString(), "go-redis"));
  }

  static boolean isGoInstalled() {
    return Program.onPath("go").isPresent();
  }

  private static void noRequestFails(String name, KeyWriter writer) throws Exception {
    try (RedisClusterClient observer = RedisClusterClient.create(endpoint)) {
      await(name + " writes").atMost(PATIENCE).until(() -> observer.exists(name + ":0"));
      for (int i = 0; i < SWITCHOVERS; i++) {
        switchovers.switchOver(i % SHARDS);
      }
      KeyWriter.Written written = writer.stop();
      assertThat(written.failures()).as("failed requests of %s", name).isEmpty();
      allArePresent(observer, name, written.keys());
      System.out.printf(
          "%s: %d switchovers, %d requests, 0 failed, slowest %d ms%n",
          name, SWITCHOVERS, written.keys(), written.slowestMs());
    }
  }

  private static void allArePresent(RedisClusterClient client, String name, long count) {
    List<String> keys = LongStream.range(0, count).mapToObj(i -> name + ":" + i).toList();
    List<String> values = PipelinedReads.read(client, keys, ClusterPipeline::get, client::get);
    assertThat(values).isEqualTo(LongStream.range(0, count).mapToObj(Long::toString).toList());
  }
}
