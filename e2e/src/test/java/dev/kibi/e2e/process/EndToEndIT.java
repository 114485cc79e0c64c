package dev.kibi.e2e.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.topology.NodeInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** What a cache cluster is for: data goes in, and is there while the cluster changes below it. */
class EndToEndIT {
  private static final int REPLICAS = 1;
  private static final int KEYS = 200_000;
  private static final Duration LONGER_THAN_THE_TEST = Duration.ofHours(4);

  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(3, REPLICAS);
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void everyKeyAndItsExpirySurviveScalingAndTheDeathOfAMaster() throws Exception {
    Keys keys = new Keys(KEYS, System.currentTimeMillis() + LONGER_THAN_THE_TEST.toMillis());
    try (RedisClusterClient client = cluster.jedis()) {
      keys.write(client);
      keys.verify(client);
      redisCliReads(keys);
    }
    for (int shards : List.of(5, 2)) {
      cluster.scale(shards);
      new Settled(shards, REPLICAS).awaitOn(cluster);
      try (RedisClusterClient client = cluster.jedis()) {
        keys.verify(client);
      }
    }
    killAMasterUnderLoad();
    new Settled(2, REPLICAS).awaitOn(cluster);
    try (RedisClusterClient client = cluster.jedis()) {
      keys.verify(client);
    }
  }

  private static void redisCliReads(Keys keys) throws Exception {
    // By slots: it has one connection, and dials anew whenever the next key is on another node.
    List<Integer> bySlot =
        IntStream.range(0, KEYS)
            .boxed()
            .sorted(Comparator.comparingInt(i -> HashSlot.of(keys.key(i).getBytes(UTF_8))))
            .toList();
    RedisCli redisCli = new RedisCli(cluster.endpoint());
    assertThat(redisCli.run(bySlot.stream().map(i -> "GET " + keys.key(i)).toList()))
        .isEqualTo(bySlot.stream().map(keys::value).toList());
  }

  private static void killAMasterUnderLoad() throws Exception {
    try (RedisClusterClient client = cluster.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "under-load", 4)) {
      awaitWrites(writer, 2_000);
      NodeInfo victim = cluster.master(0);
      assertThat(NodeProcess.of(victim).destroyForcibly()).isTrue();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !victim.id().equals(cluster.topology().shard(0).orElseThrow().master()));
      new Settled(2, REPLICAS).awaitOn(cluster);
      awaitWrites(writer, 2_000);
      writer.stopAndVerify();
    }
  }

  private static void awaitWrites(AcknowledgedWriter writer, int more) {
    long before = writer.acknowledged();
    await().atMost(Duration.ofMinutes(1)).until(() -> writer.acknowledged() >= before + more);
  }
}
