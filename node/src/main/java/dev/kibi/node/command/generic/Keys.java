package dev.kibi.node.command.generic;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.Handler;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.ValueKind;

/** Commands that ask after, delete, rename and copy keys. */
final class Keys {

  private static final int DATABASES = 16;

  /** MOVE: there is one database. */
  static final Handler MOVE =
      call -> {
        throw CommandError.of("ERR MOVE is not allowed in cluster mode");
      };

  private Keys() {}

  static void del(Call call) {
    int deleted = 0;
    for (int i = 1; i < call.argc(); i++) {
      deleted += call.keyspace().delete(call.key(i)) ? 1 : 0;
    }
    call.reply().integer(deleted);
  }

  static void exists(Call call) {
    int found = 0;
    for (int i = 1; i < call.argc(); i++) {
      found += call.keyspace().exists(call.key(i)) ? 1 : 0;
    }
    call.reply().integer(found);
  }

  static void touch(Call call) {
    int found = 0;
    for (int i = 1; i < call.argc(); i++) {
      found += call.keyspace().touch(call.key(i)) ? 1 : 0;
    }
    call.reply().integer(found);
  }

  static void type(Call call) {
    ValueKind kind = call.keyspace().kind(call.key(1));
    call.reply().simple(kind == null ? "none" : kind.typeName());
  }

  static void rename(Call call) {
    renamed(call, false);
    call.reply().ok();
  }

  static void renameNx(Call call) {
    call.reply().integer(renamed(call, true) ? 1 : 0);
  }

  private static boolean renamed(Call call, boolean onlyToFree) {
    Keyspace keyspace = call.keyspace();
    Key from = call.key(1);
    Key to = call.otherKey(2);
    if (!keyspace.has(from)) {
      throw CommandError.noSuchKey();
    }
    if (onlyToFree && keyspace.has(to)) {
      return false;
    }
    keyspace.rename(from, to);
    return true;
  }

  static void copy(Call call) {
    boolean replace = false;
    long database = 0;
    for (int i = 3; i < call.argc(); i++) {
      if (call.is(i, "REPLACE")) {
        replace = true;
      } else if (call.is(i, "DB") && i + 1 < call.argc()) {
        database = database(call, ++i);
      } else {
        throw CommandError.syntax();
      }
    }
    if (database != 0) {
      throw CommandError.of("ERR Copying to another database is not allowed in cluster mode");
    }
    Keyspace keyspace = call.keyspace();
    Key from = call.key(1);
    Key to = call.otherKey(2);
    if (from.sameAs(to)) {
      throw CommandError.of("ERR source and destination objects are the same");
    }
    boolean copied = keyspace.exists(from) && (replace || !keyspace.has(to));
    if (copied) {
      keyspace.copy(from, to);
    }
    call.reply().integer(copied ? 1 : 0);
  }

  /** A database number; Redis knows its 16 in cluster mode too, it only lets nobody use them. */
  private static long database(Call call, int argument) {
    long database = call.integer(argument);
    if (database != (int) database) {
      throw CommandError.of(
          "ERR value is out of range, value must between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE);
    }
    if (database < 0 || database >= DATABASES) {
      throw CommandError.of("ERR DB index is out of range");
    }
    return database;
  }
}
