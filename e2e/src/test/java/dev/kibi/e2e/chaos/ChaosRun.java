package dev.kibi.e2e.chaos;

import dev.kibi.crds.CacheTopology;
import dev.kibi.e2e.chaos.Clients.Violation;
import dev.kibi.e2e.process.FailoverProbe;
import dev.kibi.e2e.process.LocalCluster;
import dev.kibi.e2e.process.Settled;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
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
          Aftermath aftermath = befall(incident, rest, clients);
          rest = aftermath.rest();
          copyLeft = aftermath.generations().reopened().isEmpty();
          well = isWell(incident, clients, aftermath.generations());
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
   * @param generations the shards that were opened anew
   */
  private record Aftermath(Topology rest, Generations.Verdict generations) {}

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
      return new Aftermath(after, generations.verdict(scene.killed()));
    }
  }

  private boolean isWell(Incident incident, Clients clients, Generations.Verdict generations) {
    List<Violation> lost = clients.lost();
    List<Violation> stale = clients.staleReads();
    if (!generations.reopened().isEmpty()) {
      countGone(generations.reopened(), lost);
    }
    generations.unjustified().forEach(objection -> out.println("  " + objection));
    boolean kept = isWell(incident, of(others(generations), lost), of(others(generations), stale));
    return kept && generations.unjustified().isEmpty();
  }

  /** No copy that knew them is alive: that is beyond what is promised, but it is said. */
  private void countGone(Set<Integer> reopened, List<Violation> lost) {
    int gone = of(reopened::contains, lost).size();
    report.lastCopyLost(gone);
    out.printf(
        "  no copy in sync of shards %s was left: %d acknowledged writes are gone%n",
        reopened, gone);
  }

  private static IntPredicate others(Generations.Verdict generations) {
    return shard -> !generations.reopened().contains(shard);
  }

  private static List<String> of(IntPredicate shards, List<Violation> violations) {
    return violations.stream().filter(v -> shards.test(v.shard())).map(Violation::what).toList();
  }

  private boolean isWell(Incident incident, List<String> lost, List<String> stale) {
    report.violations(lost.size(), stale.size());
    if (lost.isEmpty() && stale.isEmpty()) {
      return true;
    }
    out.printf(
        "seed %d, cycle %d, %s: %d acknowledged writes lost, %d stale master reads%n",
        arguments.seed(), incident.cycle(), incident, lost.size(), stale.size());
    Stream.concat(lost.stream(), stale.stream())
        .limit(SHOWN)
        .forEach(objection -> out.println("  " + objection));
    return arguments.durability() == Durability.ASYNC;
  }
}
