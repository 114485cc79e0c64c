package dev.kibi.e2e.chaos;

import dev.kibi.crds.CacheTopology;
import dev.kibi.e2e.process.FailoverProbe;
import dev.kibi.e2e.process.LocalCluster;
import dev.kibi.e2e.process.Settled;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import redis.clients.jedis.HostAndPort;

/**
 * Cycles on one cluster: an incident, time until its shard takes a write again, rest, verdict. Ends
 * early at the first loss or stale read, unless durability is {@code async}: there they are counted
 * only. Ends also when a shard was opened anew while somebody lived who could have been elected.
 */
final class ChaosRun {
  private static final int SHOWN = 20;

  private final Arguments arguments;
  private final FaultPlan plan;
  private final LocalCluster cluster;
  private final Network network;
  private final Optional<Clocks> clocks;
  private final PrintStream out;
  private final Report report = new Report();
  private final Generations generations = new Generations();
  private final Settled settled;
  private final HostAndPort endpoint;

  ChaosRun(
      Arguments arguments,
      FaultPlan plan,
      LocalCluster cluster,
      Optional<Clocks> clocks,
      PrintStream out)
      throws IOException, InterruptedException {
    this.arguments = arguments;
    this.plan = plan;
    this.cluster = cluster;
    this.network = new Network(cluster.apiServer());
    this.clocks = clocks;
    this.out = out;
    this.settled = new Settled(arguments.shards(), arguments.replicas());
    this.endpoint = cluster.endpoint();
  }

  /** Whether all was well, in every cycle; the figures are printed in any case. */
  boolean run() throws InterruptedException, ExecutionException {
    try (SharedIndexInformer<CacheTopology> _ = cluster.watchTopology(generations::saw)) {
      return runCycles();
    } finally {
      out.println(report);
    }
  }

  private boolean runCycles() throws InterruptedException, ExecutionException {
    Topology rest = settled.awaitRestOn(cluster);
    boolean well = true;
    int cycle = 0;
    while (well && cycle < arguments.cycles()) {
      // Clients with new keys, after whatever took the old ones.
      try (Clients clients = new Clients("since-" + cycle, rest, endpoint)) {
        boolean copyLeft = true;
        while (well && copyLeft && cycle < arguments.cycles()) {
          cycle++;
          Incident incident = plan.of(cycle);
          long generation = rest.generation();
          Aftermath aftermath = befall(incident, rest, clients);
          rest = aftermath.rest();
          copyLeft = rest.generation() == generation || !incident.fault().mayTakeLastCopy();
          well =
              isJustified(aftermath) && (copyLeft ? isWell(incident, clients) : countGone(clients));
        }
        report.clients(clients.acknowledged(), clients.reads());
      }
    }
    return well;
  }

  /**
   * What an incident has left.
   *
   * @param rest the topology when all is at rest again
   * @param unjustified shards that were given up while a copy lived that could be elected
   */
  private record Aftermath(Topology rest, List<String> unjustified) {}

  /** On a cluster at rest; returns when it is at rest again. */
  private Aftermath befall(Incident incident, Topology before, Clients clients)
      throws InterruptedException, ExecutionException {
    long acknowledged = clients.acknowledged();
    long start = System.nanoTime();
    out.printf("cycle %d: %s: ", incident.cycle(), incident);
    try (Scene scene = new Scene(incident, before, cluster, network, clocks);
        FailoverProbe probe = FailoverProbe.of(before, incident.shard())) {
      Duration outage = probe.firstWriteAfter(() -> incident.fault().strike(scene));
      report.outage(incident.fault(), outage);
      scene.awaitEnd();
      Topology after = settled.awaitRestOn(cluster);
      generations.saw(after); // should the watch be late
      out.printf(
          Locale.ROOT,
          "next write after %d ms, at rest after %.1f s, %d writes acknowledged%n",
          outage.toMillis(),
          (System.nanoTime() - start) / 1e9,
          clients.acknowledged() - acknowledged);
      return new Aftermath(after, generations.unjustified(scene.killed()));
    }
  }

  private boolean isJustified(Aftermath aftermath) {
    aftermath.unjustified().forEach(objection -> out.println("  " + objection));
    return aftermath.unjustified().isEmpty();
  }

  private boolean isWell(Incident incident, Clients clients) {
    List<String> lost = clients.lost();
    List<String> stale = clients.staleReads();
    report.violations(lost.size(), stale.size());
    if (lost.isEmpty() && stale.isEmpty()) {
      return true;
    }
    out.printf(
        "seed %d, cycle %d, %s: %d acknowledged writes lost, %d stale master reads%n",
        arguments.seed(), incident.cycle(), incident, lost.size(), stale.size());
    List<String> all = new ArrayList<>(lost);
    all.addAll(stale);
    all.stream().limit(SHOWN).forEach(objection -> out.println("  " + objection));
    return arguments.durability() == Durability.ASYNC;
  }

  /** No copy that knew them is alive: that is beyond what is promised, but it is said. */
  private boolean countGone(Clients clients) {
    int gone = clients.lost().size();
    report.lastCopyLost(gone);
    out.printf("  no copy in sync was left: %d acknowledged writes are gone%n", gone);
    return true;
  }
}
