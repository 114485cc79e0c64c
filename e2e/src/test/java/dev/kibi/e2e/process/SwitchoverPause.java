package dev.kibi.e2e.process;

import org.junit.jupiter.api.Test;

/**
 * How long a client waits while its shard is handed over, on a cluster that has nothing else to do.
 * It measures and is no part of a build: {@code e2e/bench/switchover}.
 */
class SwitchoverPause {
  private static final int SWITCHOVERS = Integer.getInteger("kibi.e2e.switchovers", 100);

  /** A just started program runs its code for the first time, slowly. */
  private static final int WARM_UP = 20;

  /** As few processes as there can be: on a small machine they wait for each other's processor. */
  private static final int SHARDS = 1;

  private static final int REPLICAS = 1;

  @Test
  void pauseOfPlannedSwitchovers() throws Exception {
    Settled settled = new Settled(SHARDS, REPLICAS);
    try (LocalCluster cluster = LocalCluster.start(SHARDS, REPLICAS)) {
      settled.awaitOn(cluster);
      repeat(new Switchovers(cluster, settled), WARM_UP);
      Switchovers measured = new Switchovers(cluster, settled);
      repeat(measured, SWITCHOVERS);
      System.out.println(measured);
    }
  }

  private static void repeat(Switchovers switchovers, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      switchovers.switchOver(i % SHARDS);
    }
  }
}
