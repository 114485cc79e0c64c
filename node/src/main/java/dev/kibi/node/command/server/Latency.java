package dev.kibi.node.command.server;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.ADMIN;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;
import static dev.kibi.node.command.Tip.REQUEST_ALL_NODES;
import static dev.kibi.node.command.Tip.RESPONSE_SPECIAL;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.HelpText;
import dev.kibi.node.command.LatencyHistogram;
import dev.kibi.node.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** LATENCY HISTOGRAM: how long each command took, cumulated at powers of two of a microsecond. */
final class Latency {
  private Latency() {}

  static CommandSpec container() {
    return CommandSpec.container(
        "LATENCY",
        flags(),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("latency")),
        entry(
                "HISTOGRAM",
                arityAtLeast(2),
                flags(ADMIN, NOSCRIPT, LOADING, STALE),
                Latency::histogram)
            .tips(NONDETERMINISTIC_OUTPUT, REQUEST_ALL_NODES, RESPONSE_SPECIAL));
  }

  static void histogram(Call call) {
    List<CommandSpec> commands =
        chosen(call).stream().filter(spec -> latency(call, spec) != null).toList();
    RespWriter reply = call.reply();
    reply.map(commands.size());
    for (CommandSpec spec : commands) {
      reply.bulk(spec.fullName());
      histogram(reply, Objects.requireNonNull(latency(call, spec)));
    }
  }

  private static List<CommandSpec> chosen(Call call) {
    if (call.argc() == 2) {
      return call.table().all();
    }
    List<CommandSpec> chosen = new ArrayList<>();
    for (int i = 2; i < call.argc(); i++) {
      CommandSpec spec = call.table().named(call.args().text(i));
      if (spec != null) {
        chosen.add(spec);
        chosen.addAll(spec.subcommands());
      }
    }
    return chosen;
  }

  private static @Nullable LatencyHistogram latency(Call call, CommandSpec spec) {
    return call.statistics().latency(spec);
  }

  private static void histogram(RespWriter reply, LatencyHistogram latency) {
    List<Long> steps = new ArrayList<>();
    long seen = 0;
    for (long micros = 1; seen < latency.total(); micros *= 2) {
      long upTo =
          micros >= LatencyHistogram.HIGHEST_MICROS ? latency.total() : latency.countUpTo(micros);
      if (upTo > seen) {
        steps.add(micros);
        steps.add(upTo);
      }
      seen = upTo;
    }
    reply.map(2);
    reply.bulk("calls");
    reply.integer(latency.total());
    reply.bulk("histogram_usec");
    reply.map(steps.size() / 2);
    steps.forEach(reply::integer);
  }
}
