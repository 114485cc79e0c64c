package dev.kibi.node.command.server;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.ADMIN;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;
import static dev.kibi.node.command.Tip.REQUEST_ALL_NODES;
import static dev.kibi.node.command.Tip.RESPONSE_AGG_SUM;
import static dev.kibi.node.command.Tip.RESPONSE_ALL_SUCCEEDED;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.HelpText;
import dev.kibi.node.command.SlowLog;
import dev.kibi.node.resp.RespWriter;
import java.util.List;

/** SLOWLOG. */
final class SlowLogCommands {
  private static final int SHOWN = 10;

  private SlowLogCommands() {}

  static CommandSpec container() {
    return CommandSpec.container(
        "SLOWLOG",
        flags(),
        entry("GET", arityAtLeast(2), flags(ADMIN, LOADING, STALE), SlowLogCommands::get)
            .tips(REQUEST_ALL_NODES, NONDETERMINISTIC_OUTPUT),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("slowlog")),
        entry("LEN", arity(2), flags(ADMIN, LOADING, STALE), SlowLogCommands::length)
            .tips(REQUEST_ALL_NODES, RESPONSE_AGG_SUM, NONDETERMINISTIC_OUTPUT),
        entry("RESET", arity(2), flags(ADMIN, LOADING, STALE), SlowLogCommands::reset)
            .tips(REQUEST_ALL_NODES, RESPONSE_ALL_SUCCEEDED));
  }

  static void get(Call call) {
    if (call.argc() > 3) {
      throw CommandError.subcommandSyntax(call);
    }
    long count = SHOWN;
    if (call.argc() == 3) {
      if (!call.args().isLong(2) || call.args().longValue(2) < -1) {
        throw CommandError.of("ERR count should be greater than or equal to -1");
      }
      count = call.args().longValue(2);
    }
    List<SlowLog.Entry> entries =
        call.slowLog().entries().stream().limit(count < 0 ? Long.MAX_VALUE : count).toList();
    RespWriter reply = call.reply();
    reply.array(entries.size());
    for (SlowLog.Entry entry : entries) {
      reply.array(6);
      reply.integer(entry.id());
      reply.integer(entry.atSeconds());
      reply.integer(entry.micros());
      reply.array(entry.arguments().size());
      entry.arguments().forEach(reply::bulk);
      reply.bulk(entry.address());
      reply.bulk(entry.name());
    }
  }

  static void length(Call call) {
    call.reply().integer(call.slowLog().entries().size());
  }

  static void reset(Call call) {
    call.slowLog().clear();
    call.reply().ok();
  }
}
