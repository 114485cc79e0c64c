package dev.kibi.node.oracle;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** The replies that are not compared byte by byte, and why. A family adds its own lines here. */
final class Comparisons {
  private static final long CLOCK_MS = 2_000;
  private static final long CLOCK_SECONDS = 2;

  static final Map<String, Comparison> STANDARD =
      Map.ofEntries(
          // Each server's own version and connection ids.
          entry("hello", Comparison.entries(Set.of("server", "proto", "mode", "role", "modules"))),
          entry("client|id", Comparison.SHAPE),
          entry("client|list", Comparison.OUTCOME),
          entry("client|info", Comparison.OUTCOME),
          entry("lolwut", Comparison.SHAPE),
          // Each server's own figures, names and addresses.
          entry("info", Comparison.OUTCOME),
          entry("memory|usage", Comparison.SHAPE),
          entry("memory|stats", Comparison.OUTCOME),
          entry("latency|histogram", Comparison.OUTCOME),
          entry("slowlog|get", Comparison.OUTCOME),
          entry("slowlog|len", Comparison.SHAPE),
          entry("cluster|myid", Comparison.SHAPE),
          entry("cluster|nodes", Comparison.OUTCOME),
          entry("cluster|info", Comparison.OUTCOME),
          entry("cluster|slots", Comparison.SHAPE),
          entry("cluster|shards", Comparison.SHAPE),
          entry("cluster|getkeysinslot", Comparison.UNORDERED),
          // Both clocks are the machine's, read at slightly different times.
          entry("time", Comparison.SHAPE),
          entry("lastsave", Comparison.within(3_600)),
          entry("ttl", Comparison.within(CLOCK_SECONDS)),
          entry("expiretime", Comparison.within(CLOCK_SECONDS)),
          entry("pttl", Comparison.within(CLOCK_MS)),
          entry("pexpiretime", Comparison.within(CLOCK_MS)),
          // Help names what there is.
          entry("client|help", Comparison.OUTCOME),
          entry("cluster|help", Comparison.OUTCOME),
          entry("config|help", Comparison.OUTCOME),
          entry("latency|help", Comparison.OUTCOME),
          entry("memory|help", Comparison.OUTCOME),
          // The table is smaller or larger than the oracle's.
          entry("command", Comparison.OUTCOME),
          entry("command|count", Comparison.SHAPE),
          // The order is that of a hash table there.
          entry("config|get", Comparison.UNORDERED),
          entry("command|docs", Comparison.UNORDERED),
          entry("command|info", Comparison.UNORDERED));

  private Comparisons() {}
}
