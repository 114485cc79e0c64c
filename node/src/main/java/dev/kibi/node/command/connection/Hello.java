package dev.kibi.node.command.connection;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.ServerVersion;
import dev.kibi.node.command.Session;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import org.jspecify.annotations.Nullable;

/** HELLO: chooses the protocol, and may authenticate and name the connection in the same step. */
final class Hello {
  private Hello() {}

  static void hello(Call call) {
    Args args = call.args();
    int protocol = call.argc() > 1 ? protocol(args) : 0;
    int user = 0;
    int name = 0;
    for (int i = 2; i < call.argc(); i++) {
      int more = call.argc() - 1 - i;
      if (args.is(i, "AUTH") && more >= 2) {
        user = i + 1;
        i += 2;
      } else if (args.is(i, "SETNAME") && more >= 1) {
        name = i + 1;
        ClientName.require(args.text(name));
        i++;
      } else {
        throw CommandError.of("ERR Syntax error in HELLO option '" + call.quoted(i) + "'");
      }
    }
    if (user != 0) {
      Authentication.authenticate(call, args.text(user), args.text(user + 1));
    }
    greet(call, protocol, name == 0 ? null : args.text(name));
  }

  private static int protocol(Args args) {
    if (!args.isLong(1)) {
      throw CommandError.of("ERR Protocol version is not an integer or out of range");
    }
    long version = args.longValue(1);
    if (version < 2 || version > 3) {
      throw CommandError.of("NOPROTO unsupported protocol version");
    }
    return (int) version;
  }

  private static void greet(Call call, int protocol, @Nullable String name) {
    Session session = call.session();
    if (!session.authenticated()) {
      throw CommandError.of(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH"
              + " <user> <pass> option can be used to authenticate the client and select the RESP protocol version"
              + " at the same time");
    }
    if (name != null) {
      session.name(name);
    }
    if (protocol != 0) {
      session.protocol(protocol);
    }
    RespWriter reply = call.reply().protocol(session.protocol());
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis");
    reply.bulk("version");
    reply.bulk(ServerVersion.REDIS);
    reply.bulk("proto");
    reply.integer(session.protocol());
    reply.bulk("id");
    reply.integer(session.id());
    reply.bulk("mode");
    reply.bulk("cluster");
    reply.bulk("role");
    reply.bulk(call.node().master() ? "master" : "replica");
    reply.bulk("modules");
    reply.array(0);
  }
}
