package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.protocol.topology.NodeInfo;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/**
 * A machine with masters on it goes: the masters are replaced long before Kubernetes has noticed,
 * which takes it most of a minute.
 */
@OnKubernetes
class MachineLossIT {
  private static final Duration BEFORE_KUBERNETES_NOTICES = Duration.ofSeconds(20);

  /** Something that takes a machine away or brings it back. */
  @FunctionalInterface
  private interface Act {
    void on(String machine) throws Exception;
  }

  @Test
  void pitfall05_26_masters_of_a_machine_without_power_fail_over_in_seconds_and_ready_is_false(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines::powerOff, machines::powerOn);
  }

  @Test
  void pitfall05_masters_of_a_frozen_machine_fail_over_in_seconds_and_write_nothing_when_it_thaws(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines::freeze, machines::thaw);
  }

  @Test
  void pitfall07_masters_of_a_machine_that_is_cut_off_fail_over_in_seconds_and_never_are_two(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines::cut, machines::join);
  }

  private static void lose(TestNamespace namespace, Act take, Act giveBack) throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    NodeInfo master = cache.master(0);
    String machine = cache.masterPod(0).getSpec().getNodeName();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "machine", 4)) {
      cache.awaitWrites(writer, 500);
      long start = System.nanoTime();
      take.on(machine);
      try {
        cache.awaitOtherMaster(0, master);
        Duration replaced = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("machine lost to a new master: %d ms%n", replaced.toMillis());
        assertThat(replaced).isLessThan(BEFORE_KUBERNETES_NOTICES);
        cache.awaitSaid("Ready", "CopiesMissing: shard", BEFORE_KUBERNETES_NOTICES);
      } finally {
        giveBack.on(machine);
      }
      cache.awaitSettled();
      cache.awaitWrites(writer, 500);
      writer.stopAndVerify();
    }
  }
}
