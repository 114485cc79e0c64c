package dev.kibi.node.command.hash;

import dev.kibi.node.command.Call;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.HashValue;
import org.jspecify.annotations.Nullable;

/** Commands that only look at a hash. */
final class Reads {

  private Reads() {}

  static @Nullable HashValue hash(Call call) {
    return call.keyspace().hash(call.key(1));
  }

  /** The value of the field that argument {@code i} names. */
  static @Nullable ByteView field(Call call, @Nullable HashValue hash, int i) {
    return hash == null
        ? null
        : hash.get(call.args().buffer(), call.args().offset(i), call.args().length(i));
  }

  static void hget(Call call) {
    call.bulk(field(call, hash(call), 2));
  }

  static void hmget(Call call) {
    HashValue hash = hash(call);
    call.reply().array(call.argc() - 2L);
    for (int i = 2; i < call.argc(); i++) {
      call.bulk(field(call, hash, i));
    }
  }

  static void hexists(Call call) {
    call.reply().integer(field(call, hash(call), 2) == null ? 0 : 1);
  }

  static void hstrLen(Call call) {
    ByteView value = field(call, hash(call), 2);
    call.reply().integer(value == null ? 0 : value.length());
  }

  static void hlen(Call call) {
    HashValue hash = hash(call);
    call.reply().integer(hash == null ? 0 : hash.size());
  }

  static void hgetAll(Call call) {
    HashValue hash = hash(call);
    if (hash == null) {
      call.reply().map(0);
      return;
    }
    call.reply().map(hash.size());
    hash.forEach((name, value) -> {
      call.bulk(name);
      call.bulk(value);
    });
  }

  static void hkeys(Call call) {
    column(call, (name, value) -> call.bulk(name));
  }

  static void hvals(Call call) {
    column(call, (name, value) -> call.bulk(value));
  }

  private static void column(Call call, HashValue.FieldVisitor visitor) {
    HashValue hash = hash(call);
    call.reply().array(hash == null ? 0 : hash.size());
    if (hash != null) {
      hash.forEach(visitor);
    }
  }
}
