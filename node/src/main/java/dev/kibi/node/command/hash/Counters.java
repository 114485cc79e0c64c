package dev.kibi.node.command.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.LongDouble;
import dev.kibi.node.resp.Decimal;
import dev.kibi.node.store.ByteView;

/** Commands that count in a field. */
final class Counters {

  private static final int LONGEST_INTEGER = 20;

  private Counters() {}

  static void hincrBy(Call call) {
    long increment = call.integer(3);
    ByteView field = Reads.field(call, Reads.hash(call), 2);
    long value = field == null ? 0 : integer(field.toBytes());
    long sum = value + increment;
    if (((value ^ sum) & (increment ^ sum)) < 0) {
      throw CommandError.of("ERR increment or decrement would overflow");
    }
    byte[] digits = new byte[LONGEST_INTEGER];
    put(call, digits, Decimal.write(sum, digits, 0));
    call.reply().integer(sum);
  }

  private static long integer(byte[] text) {
    if (!Decimal.isValid(text, 0, text.length)) {
      throw CommandError.of("ERR hash value is not an integer");
    }
    return Decimal.parse(text, 0, text.length);
  }

  static void hincrByFloat(Call call) {
    LongDouble increment = LongDouble.parse(call.bytes(3));
    if (increment == null) {
      throw CommandError.notAFloat();
    }
    if (!increment.isFinite()) {
      throw CommandError.of("ERR value is NaN or Infinity");
    }
    ByteView field = Reads.field(call, Reads.hash(call), 2);
    LongDouble value = field == null ? LongDouble.ZERO : LongDouble.parse(field.toBytes());
    if (value == null) {
      throw CommandError.of("ERR hash value is not a float");
    }
    LongDouble sum = value.plus(increment);
    if (!sum.isFinite()) {
      throw CommandError.of("ERR increment would produce NaN or Infinity");
    }
    byte[] text = sum.toString().getBytes(US_ASCII);
    put(call, text, text.length);
    call.reply().bulk(text);
  }

  private static void put(Call call, byte[] text, int length) {
    call.keyspace()
        .putField(
            call.key(1),
            call.args().buffer(),
            call.args().offset(2),
            call.args().length(2),
            text,
            0,
            length);
  }
}
