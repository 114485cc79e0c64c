package dev.kibi.node.command.hash;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.resp.Args;
import dev.kibi.node.store.Key;

/** Commands that set or remove fields. */
final class Writes {

  private Writes() {}

  static void hset(Call call) {
    call.reply().integer(putAll(call));
  }

  static void hmset(Call call) {
    putAll(call);
    call.reply().ok();
  }

  private static int putAll(Call call) {
    if (call.argc() % 2 == 1) {
      throw CommandError.of(
          "ERR wrong number of arguments for '" + call.spec().fullName() + "' command");
    }
    Key key = call.key(1);
    int added = 0;
    for (int i = 2; i < call.argc(); i += 2) {
      added += put(call, key, i) ? 1 : 0;
    }
    return added;
  }

  static void hsetNx(Call call) {
    if (Reads.field(call, Reads.hash(call), 2) == null) {
      put(call, call.key(1), 2);
      call.reply().integer(1);
    } else {
      call.reply().integer(0);
    }
  }

  static void hdel(Call call) {
    Args args = call.args();
    Key key = call.key(1);
    int removed = 0;
    for (int i = 2; i < args.count(); i++) {
      boolean was = call.keyspace().removeField(key, args.buffer(), args.offset(i), args.length(i));
      removed += was ? 1 : 0;
    }
    call.reply().integer(removed);
  }

  private static boolean put(Call call, Key key, int i) {
    Args args = call.args();
    return call.keyspace()
        .putField(
            key,
            args.buffer(),
            args.offset(i),
            args.length(i),
            args.buffer(),
            args.offset(i + 1),
            args.length(i + 1));
  }
}
