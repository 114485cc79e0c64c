package dev.kibi.node.command.string;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.ExpiryArguments;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.resp.Args;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;

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

  /** With GET the old value is shown, without it nothing of it is looked at. */
  static Set<KeyFlag> flagsOfSet(Args args) {
    boolean get = IntStream.range(3, args.count()).anyMatch(i -> args.is(i, "GET"));
    return get
        ? EnumSet.of(KeyFlag.RW, KeyFlag.ACCESS, KeyFlag.UPDATE)
        : EnumSet.of(KeyFlag.OW, KeyFlag.UPDATE);
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
