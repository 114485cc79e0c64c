package dev.kibi.node.command.connection;

import dev.kibi.node.command.CommandError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of clients CLIENT LIST and CLIENT KILL choose by. */
enum ClientType {
  NORMAL,
  MASTER,
  REPLICA,
  PUBSUB;

  /** The kind of that name, in any case; {@code slave} is a replica. */
  static ClientType named(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (ClientType type : values()) {
      if (type.name().equals(upper)) {
        return type;
      }
    }
    if (upper.equals("SLAVE")) {
      return REPLICA;
    }
    throw CommandError.of("ERR Unknown client type '" + text + "'");
  }

  /** Peers have a port of their own, so every session on the client port is a normal one. */
  static boolean matches(@Nullable ClientType wanted) {
    return wanted == null || wanted == NORMAL;
  }
}
