package dev.kibi.node.command.connection;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.Session;
import dev.kibi.node.resp.Args;
import org.jspecify.annotations.Nullable;

/** CLIENT KILL: by address alone (the old form), or by any combination of filters. */
final class ClientKill {
  private @Nullable String address;
  private @Nullable String localAddress;
  private @Nullable ClientType type;
  private long id;
  private boolean skipMe = true;

  private ClientKill() {}

  static void kill(Call call) {
    ClientKill filter = new ClientKill();
    if (call.argc() == 3) {
      filter.address = call.args().text(2);
      filter.skipMe = false;
      if (filter.apply(call) == 0) {
        throw CommandError.of("ERR No such client");
      }
      call.reply().ok();
    } else {
      filter.read(call);
      call.reply().integer(filter.apply(call));
    }
  }

  private void read(Call call) {
    Args args = call.args();
    for (int i = 2; i < args.count(); i += 2) {
      if (i + 1 == args.count()) {
        throw CommandError.syntax();
      }
      readOption(call, args, i);
    }
  }

  private void readOption(Call call, Args args, int i) {
    if (args.is(i, "ID")) {
      if (!args.isLong(i + 1) || args.longValue(i + 1) < 1) {
        throw CommandError.of("ERR client-id should be greater than 0");
      }
      id = args.longValue(i + 1);
    } else if (args.is(i, "TYPE")) {
      type = ClientType.named(call.quoted(i + 1));
    } else if (args.is(i, "ADDR")) {
      address = args.text(i + 1);
    } else if (args.is(i, "LADDR")) {
      localAddress = args.text(i + 1);
    } else if (args.is(i, "USER")) {
      if (!args.text(i + 1).equals("default")) {
        throw CommandError.of("ERR No such user '" + call.quoted(i + 1) + "'");
      }
    } else if (args.is(i, "SKIPME") && (args.is(i + 1, "YES") || args.is(i + 1, "NO"))) {
      skipMe = args.is(i + 1, "YES");
    } else {
      throw CommandError.syntax();
    }
  }

  private int apply(Call call) {
    int killed = 0;
    for (Session session : call.node().clients().sessions()) {
      boolean me = session == call.session();
      if (matches(session) && !(me && skipMe)) {
        killed++;
        if (me) {
          session.closeAfterReply();
        } else {
          session.link().close();
        }
      }
    }
    return killed;
  }

  private boolean matches(Session session) {
    return (id == 0 || session.id() == id)
        && (address == null || session.address().equals(address))
        && (localAddress == null || session.localAddress().equals(localAddress))
        && ClientType.matches(type);
  }
}
