package dev.kibi.node.command.server;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.CommandStatistics;
import dev.kibi.node.command.LatencyHistogram;
import dev.kibi.node.store.KeyspaceStats;
import java.util.Locale;

/** The sections that count. */
final class InfoStatistics {
  private InfoStatistics() {}

  static void stats(Call call, InfoText text) {
    CommandStatistics commands = call.statistics();
    KeyspaceStats keys = call.keyspace().stats();
    text.section("Stats");
    text.field("total_connections_received", call.node().clients().acceptedTotal());
    text.field("total_commands_processed", commands.processed());
    text.field("instantaneous_ops_per_sec", commands.perSecond(call.now()));
    text.field("total_net_input_bytes", call.node().traffic().inputBytes());
    text.field("total_net_output_bytes", call.node().traffic().outputBytes());
    text.field("rejected_connections", call.node().clients().refusedTotal());
    text.field("expired_keys", keys.expired());
    text.field("evicted_keys", keys.evicted());
    text.field("keyspace_hits", keys.hits());
    text.field("keyspace_misses", keys.misses());
    text.field("pubsub_channels", 0);
    text.field("pubsub_patterns", 0);
    text.field("pubsubshard_channels", 0);
    text.field("total_error_replies", commands.errorReplies());
  }

  static void commands(Call call, InfoText text) {
    CommandStatistics statistics = call.statistics();
    text.section("Commandstats");
    for (CommandSpec spec : call.table().all()) {
      long calls = statistics.calls(spec);
      if (calls + statistics.rejectedCalls(spec) > 0) {
        long micros = statistics.micros(spec);
        double each = calls == 0 ? 0 : (double) micros / calls;
        text.field(
            "cmdstat_" + spec.fullName(),
            "calls="
                + calls
                + ",usec="
                + micros
                + ",usec_per_call="
                + String.format(Locale.ROOT, "%.2f", each)
                + ",rejected_calls="
                + statistics.rejectedCalls(spec)
                + ",failed_calls="
                + statistics.failedCalls(spec));
      }
    }
  }

  static void errors(Call call, InfoText text) {
    text.section("Errorstats");
    call.statistics()
        .errors()
        .forEach((code, count) -> text.field("errorstat_" + code, "count=" + count));
  }

  static void latencies(Call call, InfoText text) {
    text.section("Latencystats");
    for (CommandSpec spec : call.table().all()) {
      LatencyHistogram latency = call.statistics().latency(spec);
      if (latency != null) {
        text.field(
            "latency_percentiles_usec_" + spec.fullName(),
            String.format(
                Locale.ROOT,
                "p50=%.3f,p99=%.3f,p99.9=%.3f",
                latency.percentileMicros(50),
                latency.percentileMicros(99),
                latency.percentileMicros(99.9)));
      }
    }
  }
}
