package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.FailoverProbe;
import dev.kibi.e2e.process.PlainWriter;
import dev.kibi.e2e.process.ShardMembers;
import dev.kibi.protocol.topology.NodeInfo;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Processes and pods end, one or all of them. */
@OnKubernetes
class PodLossIT {

  @Test
  void pitfall03_09_a_killed_master_process_loses_no_acknowledged_write_and_no_shard(
      TestNamespace namespace, Machines machines) throws Exception {
    killMasters(namespace, machines, 0);
  }

  @Test
  void pitfall03_a_master_that_is_back_with_nothing_before_anyone_could_notice_wipes_nothing(
      TestNamespace namespace, Installation installation, Machines machines) throws Exception {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "empty", 4)) {
      cache.awaitWrites(writer, 1_000);
      NodeInfo master = cache.master(0);
      Pod replica = cache.pod(ShardMembers.replicaPod(cache.topology(), 0));
      installation.scale(0);
      try {
        machines.signal(replica, "STOP");
        try {
          machines.kill(List.of(cache.masterPod(0)));
          cache.awaitRestart(master.pod());
          assertThat(cache.master(0)).as("nobody has noticed").isEqualTo(master);
        } finally {
          machines.signal(replica, "CONT");
        }
        cache.awaitOtherMaster(0, master);
      } finally {
        installation.scale(2);
      }
      cache.awaitSettled();
      assertThat(cache.pod(replica.getMetadata().getName()).getMetadata().getUid())
          .isEqualTo(replica.getMetadata().getUid());
      cache.awaitWrites(writer, 1_000);
      writer.stopAndVerify();
    }
  }

  @Test
  void pitfall04_the_majority_of_masters_killed_at_once_is_replaced_and_loses_no_acknowledged_write(
      TestNamespace namespace, Machines machines) throws Exception {
    killMasters(namespace, machines, 0, 1);
  }

  private static void killMasters(TestNamespace namespace, Machines machines, int... shards)
      throws Exception {
    Cache cache = namespace.cache("shop", 3, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        FailoverProbe probe = FailoverProbe.of(cache.topology(), shards[0]);
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "killed", 4)) {
      cache.awaitWrites(writer, 1_000);
      List<NodeInfo> masters = Arrays.stream(shards).mapToObj(cache::master).toList();
      List<Pod> pods = Arrays.stream(shards).mapToObj(cache::masterPod).toList();
      Duration outage = probe.firstWriteAfter(() -> machines.kill(pods));
      System.out.printf("kill -9 to the next acknowledged write: %d ms%n", outage.toMillis());
      for (int i = 0; i < shards.length; i++) {
        cache.awaitOtherMaster(shards[i], masters.get(i));
      }
      cache.awaitSettled();
      cache.awaitWrites(writer, 1_000);
      writer.stopAndVerify();
    }
  }

  @Test
  void pitfall01_a_deleted_master_pod_comes_back_under_another_address_and_is_found(
      TestNamespace namespace) throws Exception {
    Cache cache = namespace.cache("shop", 3, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "deleted", 2);
        PlainWriter plain = PlainWriter.start(cache.topology(), 0)) {
      cache.awaitWrites(writer, 1_000);
      NodeInfo master = cache.master(0);
      String address = cache.masterPod(0).getStatus().getPodIP();
      namespace.kubectl("delete", "pod", master.pod(), "--wait=false");
      cache.awaitOtherMaster(0, master);
      cache.awaitSettled();
      plain.stopAndVerify();
      assertThat(cache.pod(master.pod()).getStatus().getPodIP())
          .as("the pod that came back has another address")
          .isNotEqualTo(address);
      cache.awaitWrites(writer, 1_000);
      writer.stopAndVerify();
    }
  }

  @Test
  void pitfall02_all_pods_deleted_at_once_heal_alone_and_the_loss_is_said(TestNamespace namespace)
      throws Exception {
    Cache cache = namespace.cache("shop", 3, 1).awaitSettled();
    namespace.kubectl(
        "delete", "pods", "--selector=kibi.dev/cluster=shop", "--force", "--grace-period=0");
    cache.awaitSettled();
    cache.awaitSaid("DataIntact", "AllCopiesLost", Duration.ofSeconds(5));
    try (RedisClusterClient client = cache.jedis()) {
      assertThat(client.set("after", "all")).isEqualTo("OK");
      assertThat(client.get("after")).isEqualTo("all");
    }
  }
}
