package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.protocol.topology.NodeInfo;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Whatever befalls a cluster, befalls it while its operators are killed too. */
@OnKubernetes
class OperatorLossIT {

  /** Something that befalls a cluster. */
  @FunctionalInterface
  private interface Fault {
    void befall() throws Exception;
  }

  @Test
  void no_acknowledged_write_is_lost_when_operators_are_killed_at_each_fault(
      TestNamespace namespace, Installation installation, Machines machines) throws Exception {
    Cache cache = namespace.cache("shop", 2, 1).awaitSettled();
    try (RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "operators", 4)) {
      Trial trial = new Trial(cache, installation, writer);
      trial.of("kill -9 of a master", () -> machines.killProcess(cache.masterPod(0)));
      trial.of("deletion of a master's pod", () -> delete(namespace, cache.master(1)));
      trial.of("one shard more", () -> cache.scale(3));
      String machine = cache.masterPod(0).getSpec().getNodeName();
      trial.of("drain", () -> drain(machine), () -> Tool.KUBECTL.run("uncordon", machine));
      String cut = cache.masterPod(0).getSpec().getNodeName();
      trial.of("a machine that is cut off", () -> machines.cut(cut), () -> machines.join(cut));
      String frozen = cache.masterPod(0).getSpec().getNodeName();
      trial.of(
          "a machine that is frozen", () -> machines.freeze(frozen), () -> machines.thaw(frozen));
      String dead = cache.masterPod(0).getSpec().getNodeName();
      trial.of(
          "a machine without power", () -> machines.powerOff(dead), () -> machines.powerOn(dead));
      trial.of("one shard less", () -> cache.scale(2));
      writer.stopAndVerify();
    }
    installation.kill();
    namespace.kubectl("delete", "pods", "--selector=kibi.dev/cluster=shop", "--force");
    cache.awaitSettled();
    try (RedisClusterClient client = cache.jedis()) {
      assertThat(client.set("after", "all")).isEqualTo("OK");
    }
  }

  private static void delete(TestNamespace namespace, NodeInfo master) {
    namespace.kubectl("delete", "pod", master.pod(), "--wait=false");
  }

  private static void drain(String machine) {
    Tool.KUBECTL.run(
        "drain", machine, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=4m");
  }

  /** One cluster under load, which gets over one fault after another. */
  private record Trial(Cache cache, Installation installation, AcknowledgedWriter writer) {
    private static final int WRITES = 200;

    void of(String name, Fault fault) throws Exception {
      of(name, fault, () -> {});
    }

    /** The fault and the loss of the operators at once; then writes go on, and all heals. */
    void of(String name, Fault fault, Fault end) throws Exception {
      System.out.println("operators are killed at: " + name);
      installation.kill();
      try {
        fault.befall();
        cache.awaitWrites(writer, WRITES);
      } finally {
        end.befall();
      }
      cache.awaitSettled();
    }
  }
}
