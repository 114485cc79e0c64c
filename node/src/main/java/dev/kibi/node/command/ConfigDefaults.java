package dev.kibi.node.command;

import static dev.kibi.node.command.ConfigParameter.choice;
import static dev.kibi.node.command.ConfigParameter.fixed;
import static dev.kibi.node.command.ConfigParameter.flag;
import static dev.kibi.node.command.ConfigParameter.memory;
import static dev.kibi.node.command.ConfigParameter.number;
import static dev.kibi.node.command.ConfigParameter.text;

import java.util.List;

/**
 * The settings every node has. Only what acts is changeable; the fixed ones are there because
 * clients ask for them, and answer what this server does.
 */
public final class ConfigDefaults {
  private static final List<String> POLICIES =
      List.of(
          "volatile-lru",
          "volatile-lfu",
          "volatile-random",
          "volatile-ttl",
          "allkeys-lru",
          "allkeys-lfu",
          "allkeys-random",
          "noeviction");

  private ConfigDefaults() {}

  /**
   * The settings of a node that listens at {@code bind:port}, with the values its environment gave.
   */
  public static LiveConfig of(
      String bind, int port, long maxMemoryBytes, String policy, String password) {
    return new LiveConfig(
        List.of(
            memory("maxmemory", maxMemoryBytes),
            choice("maxmemory-policy", policy, POLICIES),
            text("requirepass", password),
            number("maxclients", 10_000, 1, 0xffff_ffffL),
            number("timeout", 0, 0, Integer.MAX_VALUE),
            number("slowlog-log-slower-than", 10_000, -1, Long.MAX_VALUE),
            number("slowlog-max-len", 128, 0, Integer.MAX_VALUE),
            flag("latency-tracking", true),
            fixed("maxmemory-samples", "5"),
            fixed("bind", bind),
            fixed("port", Integer.toString(port)),
            fixed("databases", "1"),
            fixed("cluster-enabled", "yes"),
            fixed("cluster-require-full-coverage", "no"),
            fixed("save", ""),
            fixed("appendonly", "no"),
            fixed("replica-read-only", "yes"),
            fixed("slave-read-only", "yes"),
            fixed("notify-keyspace-events", ""),
            fixed("proto-max-bulk-len", "536870912"),
            fixed("hash-max-listpack-entries", "128"),
            fixed("hash-max-listpack-value", "64"),
            fixed("hash-max-ziplist-entries", "128"),
            fixed("hash-max-ziplist-value", "64")));
  }
}
