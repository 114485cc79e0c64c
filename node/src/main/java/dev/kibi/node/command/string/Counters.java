package dev.kibi.node.command.string;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.LongDouble;
import dev.kibi.node.resp.Decimal;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import org.jspecify.annotations.Nullable;

/** Commands that count in a string. */
final class Counters {

  private static final int LONGEST_INTEGER = 20;

  private Counters() {}

  static void incr(Call call) {
    add(call, 1);
  }

  static void decr(Call call) {
    add(call, -1);
  }

  static void incrBy(Call call) {
    add(call, call.integer(2));
  }

  static void decrBy(Call call) {
    long decrement = call.integer(2);
    if (decrement == Long.MIN_VALUE) {
      throw CommandError.of("ERR decrement would overflow");
    }
    add(call, -decrement);
  }

  private static void add(Call call, long increment) {
    Keyspace keyspace = call.keyspace();
    Key key = call.key(1);
    ByteView string = keyspace.string(key);
    byte[] digits = new byte[LONGEST_INTEGER];
    long value = string == null ? 0 : integer(string, digits);
    long sum = value + increment;
    if (((value ^ sum) & (increment ^ sum)) < 0) {
      throw CommandError.of("ERR increment or decrement would overflow");
    }
    int length = Decimal.write(sum, digits, 0);
    long expireAtMs = string == null ? Keyspace.NO_EXPIRY : keyspace.expireAt(key);
    keyspace.put(key, digits, 0, length, expireAtMs);
    call.reply().integer(sum);
  }

  private static long integer(ByteView string, byte[] scratch) {
    int length = string.length();
    if (length > scratch.length) {
      throw CommandError.notAnInteger();
    }
    string.copyTo(0, scratch, 0, length);
    if (!Decimal.isValid(scratch, 0, length)) {
      throw CommandError.notAnInteger();
    }
    return Decimal.parse(scratch, 0, length);
  }

  static void incrByFloat(Call call) {
    Key key = call.key(1);
    LongDouble value = number(call.keyspace().string(key));
    LongDouble increment = LongDouble.parse(call.bytes(2));
    if (value == null || increment == null) {
      throw CommandError.notAFloat();
    }
    LongDouble sum = value.plus(increment);
    if (!sum.isFinite()) {
      throw CommandError.of("ERR increment would produce NaN or Infinity");
    }
    byte[] text = sum.toString().getBytes(US_ASCII);
    call.keyspace().putFloat(key, text, 0, text.length);
    call.reply().bulk(text);
  }

  private static @Nullable LongDouble number(@Nullable ByteView string) {
    return string == null ? LongDouble.ZERO : LongDouble.parse(string.toBytes());
  }
}
