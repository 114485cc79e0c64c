package dev.kibi.node.command.string;

import dev.kibi.node.command.Call;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;

/** Commands that answer whole strings. */
final class Reads {

  private Reads() {}

  static void get(Call call) {
    call.bulk(call.keyspace().string(call.key(1)));
  }

  static void mget(Call call) {
    call.reply().array(call.argc() - 1L);
    for (int i = 1; i < call.argc(); i++) {
      call.bulk(call.keyspace().stringIfAny(call.key(i)));
    }
  }

  static void strLen(Call call) {
    ByteView string = call.keyspace().string(call.key(1));
    call.reply().integer(string == null ? 0 : string.length());
  }

  static void getDel(Call call) {
    Key key = call.key(1);
    call.bulk(call.keyspace().string(key));
    call.keyspace().delete(key);
  }

  static void getEx(Call call) {
    SetOptions options = SetOptions.ofGetEx(call);
    Keyspace keyspace = call.keyspace();
    Key key = call.key(1);
    ByteView string = keyspace.string(key);
    if (string == null) {
      call.reply().nil();
      return;
    }
    long expireAtMs = options.hasTime() ? options.expireAtMs(call) : Keyspace.NO_EXPIRY;
    call.bulk(string);
    if (options.isAbsolute() && expireAtMs <= call.now()) {
      keyspace.delete(key);
    } else if (options.expiry() != SetOptions.Expiry.NONE) {
      keyspace.expireAt(key, expireAtMs);
    }
  }
}
