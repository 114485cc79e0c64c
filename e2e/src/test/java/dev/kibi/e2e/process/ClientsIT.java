package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** The usual clients, with the settings they come with, given nothing but the Service's address. */
class ClientsIT {
  private static final int SHARDS = 3;
  private static final int KEYS = 300; // enough to meet every shard

  private static LocalCluster cluster;
  private static HostAndPort endpoint;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(SHARDS, 0);
    endpoint = cluster.endpoint();
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void redisCliSetsAndGets() throws Exception {
    RedisCli redisCli = new RedisCli(endpoint);
    assertThat(redisCli.run(commands("SET cli:%1$d %1$d"))).hasSize(KEYS).containsOnly("OK");
    assertThat(redisCli.run(commands("GET cli:%1$d"))).isEqualTo(commands("%d"));
  }

  @Test
  void jedisClusterSetsAndGets() {
    try (RedisClusterClient jedis = RedisClusterClient.create(endpoint)) {
      for (String number : commands("%d")) {
        assertThat(jedis.set("jedis:" + number, number)).isEqualTo("OK");
        assertThat(jedis.get("jedis:" + number)).isEqualTo(number);
      }
      assertThat(jedis.getClusterNodes()).hasSizeGreaterThanOrEqualTo(SHARDS);
    }
  }

  @Test
  void lettuceClusterSetsAndGets() {
    RedisURI uri = RedisURI.create(endpoint.getHost(), endpoint.getPort());
    try (var client = io.lettuce.core.cluster.RedisClusterClient.create(uri);
        StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      RedisAdvancedClusterCommands<String, String> lettuce = connection.sync();
      for (String number : commands("%d")) {
        assertThat(lettuce.set("lettuce:" + number, number)).isEqualTo("OK");
        assertThat(lettuce.get("lettuce:" + number)).isEqualTo(number);
      }
      assertThat(connection.getPartitions()).hasSize(SHARDS);
    }
  }

  @Test
  void redisPyClusterSetsAndGets() throws Exception {
    String script = Resources.text("redis_py.py");
    String port = Integer.toString(endpoint.getPort());
    String printed =
        Program.of("python3", "-c", script, endpoint.getHost(), port, Integer.toString(KEYS))
            .run(Duration.ofMinutes(1));
    assertThat(printed.strip()).isEqualTo(KEYS + " keys on " + SHARDS + " masters");
  }

  private static List<String> commands(String format) {
    return IntStream.range(0, KEYS).mapToObj(format::formatted).toList();
  }
}
