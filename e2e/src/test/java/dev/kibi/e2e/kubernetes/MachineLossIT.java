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

  /** What becomes of the processes of a machine that is lost. */
  private enum Fate {
    DEAD,
    /** They answer nobody, until they are thawed. */
    FROZEN,
    /** They run, and whoever is on the machine reaches them. */
    ALONE
  }

  @Test
  void pitfall05_26_masters_of_a_machine_without_power_fail_over_in_seconds_and_ready_is_false(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines, Fate.DEAD, machines::powerOff, machines::powerOn);
  }

  @Test
  void pitfall05_masters_of_a_frozen_machine_fail_over_in_seconds_and_write_nothing_when_it_thaws(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines, Fate.FROZEN, machines::freeze, machines::thaw);
  }

  @Test
  void pitfall07_masters_of_a_machine_that_is_cut_off_fail_over_in_seconds_and_never_are_two(
      TestNamespace namespace, Machines machines) throws Exception {
    lose(namespace, machines, Fate.ALONE, machines::cut, machines::join);
  }

  private static void lose(
      TestNamespace namespace, Machines machines, Fate fate, Act take, Act giveBack)
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
      assertThat(writeToOld(machines, pod, key)).as("who is asked is the master").startsWith("OK");
      long start = System.nanoTime();
      take.on(machine);
      try {
        cache.awaitOtherMaster(0, master);
        Duration replaced = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("machine lost to a new master: %d ms%n", replaced.toMillis());
        assertThat(replaced).isLessThan(BEFORE_KUBERNETES_NOTICES);
        cache.awaitSaid("Ready", "False CopiesMissing: shard", BEFORE_KUBERNETES_NOTICES);
        client.set(key, "of the new master");
        if (fate == Fate.ALONE) {
          assertThat(writeToOld(machines, pod, key)).doesNotStartWith("OK");
        }
      } finally {
        // A frozen node finds this write in its socket when it thaws, before it has heard anything.
        Future<String> sent =
            aside.submit(() -> fate == Fate.DEAD ? "" : writeToOld(machines, pod, key));
        giveBack.on(machine);
        assertThat(sent.get()).doesNotStartWith("OK");
      }
      if (fate != Fate.DEAD) {
        assertThat(writeToOld(machines, pod, key)).doesNotStartWith("OK");
      }
      assertThat(client.get(key)).isEqualTo("of the new master");
      cache.awaitSettled();
      assertThat(client.get(key)).isEqualTo("of the new master");
      cache.awaitWrites(writer, 500);
      writer.stopAndVerify();
    }
  }

  /** What the old master answers to a write that is sent from its own machine. */
  private static String writeToOld(Machines machines, Pod pod, String key) throws Exception {
    return machines.write(pod, pod.getStatus().getPodIP(), key, "of the old master");
  }
}
