package dev.kibi.node.command.connection;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.resp.RespWriter;

/**
 * CLIENT TRACKING and what belongs to it. This server sends no invalidations yet, so it refuses to
 * be asked for them: a client that believed in them would serve stale data for ever.
 */
final class Tracking {
  private Tracking() {}

  static void tracking(Call call) {
    if (call.is(2, "ON")) {
      throw CommandError.of(
          "ERR CLIENT TRACKING is not supported by this server version: disable client-side caching");
    }
    if (!call.is(2, "OFF")) {
      throw CommandError.syntax();
    }
    call.reply().ok();
  }

  static void caching(Call call) {
    call.reply()
        .error(
            "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled");
  }

  static void redirection(Call call) {
    call.reply().integer(-1);
  }

  static void info(Call call) {
    RespWriter reply = call.reply();
    reply.map(3);
    reply.bulk("flags");
    reply.set(1);
    reply.bulk("off");
    reply.bulk("redirect");
    reply.integer(-1);
    reply.bulk("prefixes");
    reply.array(0);
  }
}
