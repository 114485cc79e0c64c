package dev.kibi.node.command.string;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.ExpiryArguments;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;

/** Commands that set whole strings. */
final class Writes {

  private Writes() {}

  static void set(Call call) {
    SetOptions options = SetOptions.ofSet(call);
    Keyspace keyspace = call.keyspace();
    Key key = call.key(1);
    long expireAtMs = options.hasTime() ? options.expireAtMs(call) : Keyspace.NO_EXPIRY;
    if (options.get()) {
      call.bulk(keyspace.string(key));
    }
    boolean refused = (options.nx() || options.xx()) && keyspace.has(key) == options.nx();
    if (!refused) {
      if (options.expiry() == SetOptions.Expiry.KEEPTTL) {
        expireAtMs = expiryOf(keyspace, key);
      }
      put(call, key, 2, expireAtMs);
    }
    if (!options.get()) {
      if (refused) {
        call.reply().nil();
      } else {
        call.reply().ok();
      }
    }
  }

  static void setNx(Call call) {
    Key key = call.key(1);
    if (call.keyspace().has(key)) {
      call.reply().integer(0);
    } else {
      put(call, key, 2, Keyspace.NO_EXPIRY);
      call.reply().integer(1);
    }
  }

  static void setEx(Call call) {
    put(call, call.key(1), 3, ExpiryArguments.after(call, 2, 1000));
    call.reply().ok();
  }

  static void psetEx(Call call) {
    put(call, call.key(1), 3, ExpiryArguments.after(call, 2, 1));
    call.reply().ok();
  }

  static void getSet(Call call) {
    Key key = call.key(1);
    ByteView old = call.keyspace().string(key);
    call.bulk(old);
    put(call, key, 2, Keyspace.NO_EXPIRY);
  }

  static void mset(Call call) {
    requirePairs(call);
    putAll(call);
    call.reply().ok();
  }

  static void msetNx(Call call) {
    requirePairs(call);
    for (int i = 1; i < call.argc(); i += 2) {
      if (call.keyspace().has(call.key(i))) {
        call.reply().integer(0);
        return;
      }
    }
    putAll(call);
    call.reply().integer(1);
  }

  private static void requirePairs(Call call) {
    if (call.argc() % 2 == 0) {
      throw CommandError.of(
          "ERR wrong number of arguments for '" + call.spec().fullName() + "' command");
    }
  }

  private static void putAll(Call call) {
    for (int i = 1; i < call.argc(); i += 2) {
      put(call, call.key(i), i + 1, Keyspace.NO_EXPIRY);
    }
  }

  private static void put(Call call, Key key, int argument, long expireAtMs) {
    call.keyspace()
        .put(
            key,
            call.args().buffer(),
            call.args().offset(argument),
            call.args().length(argument),
            expireAtMs);
  }

  private static long expiryOf(Keyspace keyspace, Key key) {
    long expireAtMs = keyspace.expireAt(key);
    return expireAtMs == Keyspace.NO_KEY ? Keyspace.NO_EXPIRY : expireAtMs;
  }
}
