package dev.kibi.node.command.connection;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Session;
import org.jspecify.annotations.Nullable;

/**
 * CLIENT LIST and CLIENT INFO: one line per connection, with the fields of Redis 7 in its order.
 */
final class ClientList {
  private ClientList() {}

  static void info(Call call) {
    StringBuilder text = new StringBuilder();
    line(text, call.session(), call.now());
    call.reply().verbatim("txt", text.toString());
  }

  static void list(Call call) {
    StringBuilder text = new StringBuilder();
    if (call.argc() > 3 && call.is(2, "ID")) {
      byId(call, text);
    } else {
      byType(call, text);
    }
    call.reply().verbatim("txt", text.toString());
  }

  private static void byId(Call call, StringBuilder text) {
    for (int i = 3; i < call.argc(); i++) {
      if (!call.args().isLong(i)) {
        throw CommandError.of("ERR Invalid client ID");
      }
      Session session = call.node().clients().byId(call.args().longValue(i));
      if (session != null) {
        line(text, session, call.now());
      }
    }
  }

  private static void byType(Call call, StringBuilder text) {
    ClientType type = null;
    if (call.argc() == 4 && call.is(2, "TYPE")) {
      type = ClientType.named(call.quoted(3));
    } else if (call.argc() != 2) {
      throw CommandError.syntax();
    }
    for (Session session : call.node().clients().sessions()) {
      if (ClientType.matches(type)) {
        line(text, session, call.now());
      }
    }
  }

  private static void line(StringBuilder text, Session session, long nowMs) {
    int input = session.link().inputBytes();
    long output = session.link().outputBytes();
    field(text, "id", session.id());
    field(text, "addr", session.address());
    field(text, "laddr", session.localAddress());
    field(text, "fd", -1);
    field(text, "name", session.name());
    field(text, "age", (nowMs - session.connectedAtMs()) / 1000);
    field(text, "idle", (nowMs - session.lastActiveMs()) / 1000);
    field(text, "flags", flags(session));
    text.append("db=0 sub=0 psub=0 ssub=0 multi=-1 ");
    field(text, "qbuf", input);
    text.append("qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 ");
    field(text, "omem", output);
    field(text, "tot-mem", input + output);
    field(text, "events", output == 0 ? "r" : "rw");
    field(text, "cmd", command(session.lastCommand()));
    field(text, "user", "default");
    field(text, "redir", -1);
    field(text, "resp", session.protocol());
    field(text, "lib-name", session.libName());
    field(text, "lib-ver", session.libVersion());
    text.setCharAt(text.length() - 1, '\n');
  }

  private static String command(@Nullable CommandSpec last) {
    return last == null ? "NULL" : last.fullName();
  }

  private static String flags(Session session) {
    StringBuilder flags = new StringBuilder();
    if (session.blocked()) {
      flags.append('b');
    }
    if (session.closing()) {
      flags.append('c');
    }
    if (session.readOnly()) {
      flags.append('r');
    }
    if (session.noEvict()) {
      flags.append('e');
    }
    if (session.noTouch()) {
      flags.append('T');
    }
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void field(StringBuilder text, String name, Object value) {
    text.append(name).append('=').append(value).append(' ');
  }
}
