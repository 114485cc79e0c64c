package dev.kibi.node.command.connection;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.ALLOW_BUSY;
import static dev.kibi.node.command.Flag.FAST;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.NO_AUTH;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Tip.REQUEST_ALL_SHARDS;
import static dev.kibi.node.command.Tip.RESPONSE_ALL_SUCCEEDED;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandFamily;
import dev.kibi.node.command.CommandGroup;

/** Commands about the connection itself. */
public final class ConnectionCommands {
  private ConnectionCommands() {}

  /** The family's lines of the command table. */
  public static CommandFamily table() {
    return CommandFamily.of(
        CommandGroup.CONNECTION,
        entry(
            "AUTH",
            arityAtLeast(2),
            flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY),
            Authentication::auth),
        ClientCommands.container(),
        entry("ECHO", arity(2), flags(LOADING, STALE, FAST), ConnectionCommands::echo),
        entry(
            "HELLO",
            arityAtLeast(1),
            flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY),
            Hello::hello),
        entry("PING", arityAtLeast(1), flags(FAST), ConnectionCommands::ping)
            .tips(REQUEST_ALL_SHARDS, RESPONSE_ALL_SUCCEEDED),
        entry(
            "QUIT",
            arityAtLeast(1),
            flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY),
            ConnectionCommands::quit),
        entry(
            "RESET",
            arity(1),
            flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY),
            ConnectionCommands::reset),
        entry("SELECT", arity(2), flags(LOADING, STALE, FAST), ConnectionCommands::select));
  }

  static void ping(Call call) {
    switch (call.argc()) {
      case 1 -> call.reply().simple("PONG");
      case 2 -> echo(call);
      default -> throw CommandError.of("ERR wrong number of arguments for 'ping' command");
    }
  }

  static void echo(Call call) {
    call.reply().bulk(call.args().buffer(), call.args().offset(1), call.args().length(1));
  }

  static void quit(Call call) {
    call.reply().ok();
    call.session().closeAfterReply();
  }

  static void reset(Call call) {
    call.session().reset(!Authentication.required(call.node().config()));
    call.reply().protocol(call.session().protocol());
    call.reply().simple("RESET");
  }

  static void select(Call call) {
    long database = call.integer(1);
    if (database != (int) database) {
      throw CommandError.of(
          "ERR value is out of range, value must between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE);
    }
    if (database != 0) {
      throw CommandError.of("ERR SELECT is not allowed in cluster mode");
    }
    call.reply().ok();
  }
}
