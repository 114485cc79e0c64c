package dev.kibi.e2e.process;

import static org.awaitility.Awaitility.await;

import dev.kibi.protocol.topology.NodeInfo;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Planned switchovers of one cluster, and what a client of the shard sees of them, in milliseconds:
 * the longest wait for a reply, and how much of it was the compare-and-set of the topology.
 */
final class Switchovers {
  /** Seldom enough to take no processor from what it measures. */
  private static final Duration PROBE_PAUSE = Duration.ofMillis(1);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What a compare-and-set may take before it counts as the API server's time. */
  private static final long CAS_INCLUDED_MS = 10;

  private final LocalCluster cluster;
  private final Settled settled;
  private final Histogram pauseMs = new Histogram(3);
  private final Histogram casMs = new Histogram(3);
  private final Histogram restMs = new Histogram(3);

  Switchovers(LocalCluster cluster, Settled settled) {
    this.cluster = cluster;
    this.settled = settled;
  }

  /** Hands a shard over, while a client of it fails no request, and waits until all is at rest. */
  void switchOver(int shard) throws Exception {
    NodeInfo master = cluster.master(shard);
    CasTime before = CasTime.of(master);
    long pause;
    try (PlainWriter probe = PlainWriter.start(cluster.topology(), shard, PROBE_PAUSE)) {
      cluster.switchOver(shard);
      pause = probe.verified().slowestMs();
    }
    // The new topology may be seen before the node's request has ended.
    CasTime after =
        await().atMost(PATIENCE).until(() -> CasTime.of(master), t -> t.count() > before.count());
    record(pause, Math.round(after.meanMsSince(before)));
    settled.awaitOn(cluster);
  }

  private void record(long pause, long cas) {
    pauseMs.recordValue(pause);
    casMs.recordValue(cas);
    restMs.recordValue(pause - Math.clamp(cas - CAS_INCLUDED_MS, 0, pause));
  }

  @Override
  public String toString() {
    return """
    %d switchovers
    pause that a client sees: %s
    compare-and-set in it: %s
    pause without what the compare-and-set takes beyond %d ms: %s\
    """
        .formatted(
            pauseMs.getTotalCount(),
            Percentiles.of(pauseMs),
            Percentiles.of(casMs),
            CAS_INCLUDED_MS,
            Percentiles.of(restMs));
  }
}
