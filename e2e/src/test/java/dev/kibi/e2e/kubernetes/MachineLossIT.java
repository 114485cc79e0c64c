package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.ShardKey;
import dev.kibi.protocol.topology.NodeInfo;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** A write that is sent to a node from its own machine; says what it answers. */
  @FunctionalInterface
  private interface Write {
    String to(Pod pod, String key) throws Exception;
  }

  private static Write writeOf(Machines machines) {
    return (pod, key) -> machines.write(pod, pod.getStatus().getPodIP(), key, "of the old master");
  }

  @Test
  void pitfall05_26_masters_of_a_machine_without_power_fail_over_in_seconds_and_ready_is_false(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines::powerOff, machines::powerOn, (pod, key) -> "no machine to ask from");
  }

  @Test
  void pitfall05_masters_of_a_frozen_machine_fail_over_in_seconds_and_write_nothing_when_it_thaws(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines::freeze, machines::thaw, writeOf(machines));
  }

  @Test
  void pitfall07_masters_of_a_machine_that_is_cut_off_fail_over_in_seconds_and_never_are_two(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines::cut, machines::join, writeOf(machines));
  }

  private static void lose(TestNamespace namespace, Act take, Act giveBack, Write write)
      throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    NodeInfo master = cache.master(0);
    Pod pod = cache.masterPod(0);
    String machine = pod.getSpec().getNodeName();
    String key = ShardKey.of(cache.topology(), 0);
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "machine", 4);
        ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor()) {
      cache.awaitWrites(writer, 500);
      write.to(pod, key);
      long start = System.nanoTime();
      take.on(machine);
      try {
        cache.awaitOtherMaster(0, master);
        Duration replaced = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("machine lost to a new master: %d ms%n", replaced.toMillis());
        assertThat(replaced).isLessThan(BEFORE_KUBERNETES_NOTICES);
        cache.awaitSaid("Ready", "False CopiesMissing: shard", BEFORE_KUBERNETES_NOTICES);
        client.set(key, "of the new master");
      } finally {
        // A frozen node finds this write in its socket when it thaws, before it has heard anything.
        Future<String> sent = aside.submit(() -> write.to(pod, key));
        giveBack.on(machine);
        assertThat(sent.get()).doesNotStartWith("OK");
      }
      assertThat(write.to(pod, key)).doesNotStartWith("OK");
      assertThat(client.get(key)).isEqualTo("of the new master");
      cache.awaitSettled();
      assertThat(client.get(key)).isEqualTo("of the new master");
      cache.awaitWrites(writer, 500);
      writer.stopAndVerify();
    }
  }
}
