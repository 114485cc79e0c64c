package dev.kibi.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The figures of a run. */
final class Report {
  private final Map<Fault, Histogram> outagesMs = new EnumMap<>(Fault.class);
  private final Histogram failoversMs = new Histogram(3);
  private long acknowledged;
  private long masterReads;
  private long lost;
  private long staleReads;
  private int lastCopyCycles;
  private long goneWithLastCopy;

  /** Takes down how long after a fault its shard took a write again. */
  void outage(Fault fault, Duration outage) {
    outagesMs.computeIfAbsent(fault, _ -> new Histogram(3)).recordValue(outage.toMillis());
    if (fault.isFailover()) {
      failoversMs.recordValue(outage.toMillis());
    }
  }

  /** Takes down what clients did. */
  void clients(long acknowledgedWrites, long answeredReads) {
    acknowledged += acknowledgedWrites;
    masterReads += answeredReads;
  }

  /** Takes down what should not be. */
  void violations(int lostWrites, int staleMasterReads) {
    lost += lostWrites;
    staleReads += staleMasterReads;
  }

  /** Takes down that a shard lost every copy in sync, and how many writes were gone with them. */
  void lastCopyLost(int gone) {
    lastCopyCycles++;
    goneWithLastCopy += gone;
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-50s %6s %8s %8s %8s"
            .formatted("from a fault to the next write, in ms", "cycles", "p50", "p99", "max"));
    outagesMs.forEach((fault, outages) -> lines.add(row(fault.toString(), outages)));
    lines.add(row("failover: all in which a master is killed first", failoversMs));
    lines.add("acknowledged writes: %d, lost: %d".formatted(acknowledged, lost));
    lines.add("reads answered by masters: %d, stale: %d".formatted(masterReads, staleReads));
    lines.add(
        "cycles in which a shard lost every copy in sync: %d; acknowledged writes gone: %d"
            .formatted(lastCopyCycles, goneWithLastCopy));
    return String.join("\n", lines);
  }

  private static String row(String name, Histogram ms) {
    return "%-50s %6d %8d %8d %8d"
        .formatted(
            name,
            ms.getTotalCount(),
            ms.getValueAtPercentile(50),
            ms.getValueAtPercentile(99),
            ms.getMaxValue());
  }
}
