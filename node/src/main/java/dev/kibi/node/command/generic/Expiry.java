package dev.kibi.node.command.generic;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.ExpiryArguments;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;

/** Commands on the expiry of a key. */
final class Expiry {

  private static final int SECOND = 1000;

  private Expiry() {}

  static void expire(Call call) {
    set(call, call.now(), SECOND);
  }

  static void pexpire(Call call) {
    set(call, call.now(), 1);
  }

  static void expireAt(Call call) {
    set(call, 0, SECOND);
  }

  static void pexpireAt(Call call) {
    set(call, 0, 1);
  }

  /** When the new expiry is to be set, seen from the present one. */
  private record Condition(boolean nx, boolean xx, boolean gt, boolean lt) {

    static Condition parse(Call call) {
      boolean nx = false;
      boolean xx = false;
      boolean gt = false;
      boolean lt = false;
      for (int i = 3; i < call.argc(); i++) {
        if (call.is(i, "NX")) {
          nx = true;
        } else if (call.is(i, "XX")) {
          xx = true;
        } else if (call.is(i, "GT")) {
          gt = true;
        } else if (call.is(i, "LT")) {
          lt = true;
        } else {
          throw CommandError.of("ERR Unsupported option " + call.quoted(i));
        }
      }
      if (nx && (xx || gt || lt)) {
        throw CommandError.of(
            "ERR NX and XX, GT or LT options at the same time are not compatible");
      }
      if (gt && lt) {
        throw CommandError.of("ERR GT and LT options at the same time are not compatible");
      }
      return new Condition(nx, xx, gt, lt);
    }

    /** A key without expiry counts as one that expires after all others. */
    boolean allows(long present, long wanted) {
      boolean expires = present != Keyspace.NO_EXPIRY;
      return !(nx && expires)
          && !(xx && !expires)
          && !(gt && (!expires || wanted <= present))
          && !(lt && expires && wanted >= present);
    }
  }

  private static void set(Call call, long baseMs, long unitMs) {
    Condition condition = Condition.parse(call);
    long units = call.integer(2);
    if (units > Long.MAX_VALUE / unitMs
        || units < Long.MIN_VALUE / unitMs
        || units * unitMs > Long.MAX_VALUE - baseMs) {
      throw ExpiryArguments.invalid(call);
    }
    long expireAtMs = units * unitMs + baseMs;
    Keyspace keyspace = call.keyspace();
    Key key = call.key(1);
    if (!keyspace.has(key) || !condition.allows(keyspace.expireAt(key), expireAtMs)) {
      call.reply().integer(0);
      return;
    }
    if (expireAtMs <= call.now()) {
      keyspace.delete(key);
    } else {
      keyspace.expireAt(key, expireAtMs);
    }
    call.reply().integer(1);
  }

  static void persist(Call call) {
    Key key = call.key(1);
    boolean expires = call.keyspace().expireAt(key) >= 0;
    if (expires) {
      call.keyspace().expireAt(key, Keyspace.NO_EXPIRY);
    }
    call.reply().integer(expires ? 1 : 0);
  }

  static void ttl(Call call) {
    tell(call, call.now(), SECOND);
  }

  static void pttl(Call call) {
    tell(call, call.now(), 1);
  }

  static void expireTime(Call call) {
    tell(call, 0, SECOND);
  }

  static void pexpireTime(Call call) {
    tell(call, 0, 1);
  }

  /**
   * The expiry counted from {@code baseMs} in units of so many milliseconds, rounded to the
   * nearest.
   */
  private static void tell(Call call, long baseMs, int unitMs) {
    Key key = call.key(1);
    if (!call.keyspace().exists(key)) {
      call.reply().integer(-2);
      return;
    }
    long expireAtMs = call.keyspace().expireAt(key);
    if (expireAtMs == Keyspace.NO_EXPIRY) {
      call.reply().integer(-1);
      return;
    }
    long ms = Math.max(0, expireAtMs - baseMs);
    call.reply().integer(ms / unitMs + (2 * (ms % unitMs) >= unitMs ? 1 : 0));
  }
}
