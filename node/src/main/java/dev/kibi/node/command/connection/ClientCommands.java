package dev.kibi.node.command.connection;

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
import static dev.kibi.node.command.Tip.RESPONSE_ALL_SUCCEEDED;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.HelpText;
import dev.kibi.node.command.ReplyMode;
import dev.kibi.node.command.Session;

/** CLIENT: the short subcommands, and the table of them all. */
final class ClientCommands {
  private ClientCommands() {}

  static CommandSpec container() {
    return CommandSpec.container(
        "CLIENT",
        flags(),
        entry("CACHING", arity(3), flags(NOSCRIPT, LOADING, STALE), Tracking::caching),
        entry("GETNAME", arity(2), flags(NOSCRIPT, LOADING, STALE), ClientCommands::getName),
        entry("GETREDIR", arity(2), flags(NOSCRIPT, LOADING, STALE), Tracking::redirection),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("client")),
        entry(
            "ID",
            arity(2),
            flags(NOSCRIPT, LOADING, STALE),
            call -> call.reply().integer(call.session().id())),
        entry("INFO", arity(2), flags(NOSCRIPT, LOADING, STALE), ClientList::info)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("KILL", arityAtLeast(3), flags(ADMIN, NOSCRIPT, LOADING, STALE), ClientKill::kill),
        entry("LIST", arityAtLeast(2), flags(ADMIN, NOSCRIPT, LOADING, STALE), ClientList::list)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry(
            "NO-EVICT", arity(3), flags(ADMIN, NOSCRIPT, LOADING, STALE), ClientCommands::noEvict),
        entry("NO-TOUCH", arity(3), flags(NOSCRIPT, LOADING, STALE), ClientCommands::noTouch),
        entry(
            "PAUSE",
            arityAtLeast(3),
            flags(ADMIN, NOSCRIPT, LOADING, STALE),
            ClientCommands::pause),
        entry("REPLY", arity(3), flags(NOSCRIPT, LOADING, STALE), ClientCommands::reply),
        entry("SETINFO", arity(4), flags(NOSCRIPT, LOADING, STALE), ClientCommands::setInfo)
            .tips(REQUEST_ALL_NODES, RESPONSE_ALL_SUCCEEDED),
        entry("SETNAME", arity(3), flags(NOSCRIPT, LOADING, STALE), ClientCommands::setName),
        entry("TRACKING", arityAtLeast(3), flags(NOSCRIPT, LOADING, STALE), Tracking::tracking),
        entry("TRACKINGINFO", arity(2), flags(NOSCRIPT, LOADING, STALE), Tracking::info),
        entry(
            "UNBLOCK",
            arityAtLeast(3),
            flags(ADMIN, NOSCRIPT, LOADING, STALE),
            ClientCommands::unblock),
        entry(
            "UNPAUSE", arity(2), flags(ADMIN, NOSCRIPT, LOADING, STALE), ClientCommands::unpause));
  }

  static void getName(Call call) {
    String name = call.session().name();
    if (name.isEmpty()) {
      call.reply().nil();
    } else {
      call.reply().bulk(name);
    }
  }

  static void setName(Call call) {
    String name = call.args().text(2);
    ClientName.require(name);
    call.session().name(name);
    call.reply().ok();
  }

  static void setInfo(Call call) {
    boolean isName = call.is(2, "LIB-NAME");
    if (!isName && !call.is(2, "LIB-VER")) {
      throw CommandError.of("ERR Unrecognized option '" + call.quoted(2) + "'");
    }
    String value = call.args().text(3);
    if (!ClientName.isPlain(value)) {
      throw CommandError.of(
          "ERR "
              + (isName ? "lib-name" : "lib-ver")
              + " cannot contain spaces, newlines or special characters.");
    }
    if (isName) {
      call.session().libName(value);
    } else {
      call.session().libVersion(value);
    }
    call.reply().ok();
  }

  static void noEvict(Call call) {
    call.session().noEvict(onOrOff(call));
    call.reply().ok();
  }

  static void noTouch(Call call) {
    call.session().noTouch(onOrOff(call));
    call.reply().ok();
  }

  private static boolean onOrOff(Call call) {
    if (call.is(2, "ON")) {
      return true;
    }
    if (call.is(2, "OFF")) {
      return false;
    }
    throw CommandError.syntax();
  }

  static void reply(Call call) {
    Session session = call.session();
    if (call.is(2, "ON")) {
      session.replyMode(ReplyMode.ON);
      call.reply().ok();
    } else if (call.is(2, "OFF")) {
      session.replyMode(ReplyMode.OFF);
    } else if (call.is(2, "SKIP")) {
      // While replies are off altogether there is none to skip.
      if (session.replyMode() != ReplyMode.OFF) {
        session.replyMode(ReplyMode.SKIP_NEXT);
      }
    } else {
      throw CommandError.syntax();
    }
  }

  static void pause(Call call) {
    if (call.argc() > 4) {
      throw CommandError.subcommandSyntax(call);
    }
    boolean writesOnly = false;
    if (call.argc() == 4) {
      writesOnly = call.is(3, "WRITE");
      if (!writesOnly && !call.is(3, "ALL")) {
        throw CommandError.of("ERR CLIENT PAUSE mode must be WRITE or ALL");
      }
    }
    if (!call.args().isLong(2)) {
      throw CommandError.of("ERR timeout is not an integer or out of range");
    }
    long durationMs = call.args().longValue(2);
    if (durationMs < 0) {
      throw CommandError.of("ERR timeout is negative");
    }
    if (durationMs > Long.MAX_VALUE - call.now()) {
      throw CommandError.of("ERR timeout is out of range");
    }
    call.node().pause().pause(call.now() + durationMs, writesOnly, call.now());
    call.reply().ok();
  }

  static void unpause(Call call) {
    call.node().pause().unpause();
    call.reply().ok();
  }

  static void unblock(Call call) {
    if (call.argc() > 4) {
      throw CommandError.subcommandSyntax(call);
    }
    boolean withError = call.argc() == 4 && call.is(3, "ERROR");
    if (call.argc() == 4 && !withError && !call.is(3, "TIMEOUT")) {
      throw CommandError.of("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    Session other = call.node().clients().byId(call.integer(2));
    boolean unblocked = other != null && other.blocked() && call.node().unblock(other, withError);
    call.reply().integer(unblocked ? 1 : 0);
  }
}
