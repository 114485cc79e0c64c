package dev.kibi.node.command.string;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;

/** Commands on parts of a string. */
final class Parts {

  /** {@code proto-max-bulk-len}: the longest string. */
  private static final long LONGEST = 512L << 20;

  private Parts() {}

  static void append(Call call) {
    Key key = call.key(1);
    ByteView string = call.keyspace().string(key);
    int added = call.args().length(2);
    if (string == null) {
      call.keyspace()
          .put(key, call.args().buffer(), call.args().offset(2), added, Keyspace.NO_EXPIRY);
      call.reply().integer(added);
      return;
    }
    int length = string.length();
    requireRoom(length, added);
    splice(call, key, length, 2);
    call.reply().integer(length + added);
  }

  static void setRange(Call call) {
    long offset = call.integer(2);
    if (offset < 0) {
      throw CommandError.of("ERR offset is out of range");
    }
    Key key = call.key(1);
    ByteView string = call.keyspace().string(key);
    int length = string == null ? 0 : string.length();
    int count = call.args().length(3);
    if (count == 0) {
      call.reply().integer(length);
      return;
    }
    requireRoom(offset, count);
    splice(call, key, (int) offset, 3);
    call.reply().integer(Math.max(length, offset + count));
  }

  /** GETRANGE, and SUBSTR as it was called before 2.0. */
  static void getRange(Call call) {
    long start = call.integer(2);
    long end = call.integer(3);
    ByteView string = call.keyspace().string(call.key(1));
    int length = string == null ? 0 : string.length();
    if (string == null || length == 0 || (start < 0 && end < 0 && start > end)) {
      call.reply().bulk("");
      return;
    }
    long first = Math.max(0, start < 0 ? start + length : start);
    long last = Math.min(length - 1L, Math.max(0, end < 0 ? end + length : end));
    if (first > last) {
      call.reply().bulk("");
      return;
    }
    int count = (int) (last - first + 1);
    RespWriter reply = call.reply();
    int at = reply.reserveBulk(count);
    string.copyTo((int) first, reply.buffer(), at, count);
  }

  private static void requireRoom(long position, int count) {
    if (position > LONGEST - count) {
      throw CommandError.of("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }

  private static void splice(Call call, Key key, int position, int argument) {
    call.keyspace()
        .splice(
            key,
            position,
            call.args().buffer(),
            call.args().offset(argument),
            call.args().length(argument));
  }
}
