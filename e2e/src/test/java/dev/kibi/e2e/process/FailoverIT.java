package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/**
 * Masters die again and again under write load. How long a shard is without a master is measured
 * and printed; it is not asserted, because a slow machine is no fault.
 *
 * <p>{@code -Dkibi.e2e.kills=N} and {@code -Dkibi.e2e.seed=N} choose how many die, and which. With
 * {@code -Dkibi.e2e.valkey=PROGRAM}, a valkey-server, the same is done in turn to a cluster of
 * Valkey with a {@code cluster-node-timeout} of 2 s.
 */
class FailoverIT {
  private static final int SHARDS = 3;
  private static final int REPLICAS = 1;
  private static final int KILLS = Integer.getInteger("kibi.e2e.kills", 20);
  private static final long SEED = Long.getLong("kibi.e2e.seed", System.nanoTime());

  /** So many keys stay, as a copy of all that two hundred kills leave behind takes ever longer. */
  private static final int KEPT = 20_000;

  private static final String VALKEY = System.getProperty("kibi.e2e.valkey", "");
  private static final int VALKEY_TIMEOUT_MS = 2_000;

  @Test
  void aReplicaTakesOverWithEveryAcknowledgedWriteEachTimeAMasterIsKilled() throws Exception {
    Random random = new Random(SEED);
    Histogram downtimeMs = new Histogram(3);
    Histogram valkeyMs = new Histogram(3);
    try (ValkeyCluster valkey = startValkey();
        LocalCluster cluster = LocalCluster.start(SHARDS, REPLICAS);
        RedisClusterClient client = cluster.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "failover", 2)) {
      HostAndPort endpoint = cluster.endpoint();
      for (int i = 1; i <= KILLS; i++) {
        int shard = random.nextInt(SHARDS);
        Duration downtime = killMaster(cluster, shard);
        downtimeMs.recordValue(downtime.toMillis());
        System.out.printf("kill %d: shard %d, %d ms%n", i, shard, downtime.toMillis());
        assertThat(writer.lostSoFar(endpoint, KEPT))
            .as("acknowledged writes lost by kill %d", i)
            .isEmpty();
        if (valkey != null) {
          Duration valkeyDowntime = valkey.killMaster(shard);
          valkeyMs.recordValue(valkeyDowntime.toMillis());
          System.out.printf("  Valkey: %d ms%n", valkeyDowntime.toMillis());
        }
      }
      print("failover", downtimeMs);
      if (valkey != null) {
        print("failover of Valkey", valkeyMs);
        System.out.printf(
            "Valkey / Kibi, medians: %.1f%n",
            (double) valkeyMs.getValueAtPercentile(50) / downtimeMs.getValueAtPercentile(50));
      }
      writer.stopAndVerify();
    }
  }

  private static @Nullable ValkeyCluster startValkey() throws IOException {
    return VALKEY.isEmpty()
        ? null
        : ValkeyCluster.start(
            Path.of(VALKEY), Files.createTempDirectory("kibi-"), SHARDS, VALKEY_TIMEOUT_MS);
  }

  private static void print(String what, Histogram ms) {
    System.out.printf(
        "%s over %d kills, kill -9 to next acknowledged write: %s%n",
        what, ms.getTotalCount(), Percentiles.of(ms));
  }

  private static Duration killMaster(LocalCluster cluster, int id) throws Exception {
    Topology before = cluster.topology();
    Shard shard = before.shard(id).orElseThrow();
    NodeInfo victim = cluster.master(id);
    ProcessHandle process = NodeProcess.of(victim);
    try (FailoverProbe probe = FailoverProbe.of(before, id)) {
      Duration downtime =
          probe.firstWriteAfter(() -> assertThat(process.destroyForcibly()).isTrue());
      Shard after = cluster.topology().shard(id).orElseThrow();
      assertThat(after.epoch()).isGreaterThan(shard.epoch());
      assertThat(after.master()).isNotEqualTo(victim.id()).isIn(shard.inSync());
      new Settled(SHARDS, REPLICAS).awaitOn(cluster);
      return downtime;
    }
  }
}
