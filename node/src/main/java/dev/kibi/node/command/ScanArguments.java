package dev.kibi.node.command;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cursor and options of a command of the SCAN family.
 *
 * @param pattern what shown names must match, or null when all do
 * @param typeName what shown keys must be, or null when all are shown
 */
public record ScanArguments(
    long cursor, long count, @Nullable Glob pattern, @Nullable String typeName) {

  private static final long DEFAULT_COUNT = 10;

  /** What {@code strtoul} reads to the end, the empty text included. */
  private static final Pattern UNSIGNED = Pattern.compile("(?:[+-]?[0-9]+)?");

  private static final int LONGEST_CURSOR = 64;

  /** The cursor in an argument; negative numbers wrap around, as in C. */
  public static long cursor(Call call, int argument) {
    String text = call.args().length(argument) > LONGEST_CURSOR ? "x" : call.args().text(argument);
    if (!UNSIGNED.matcher(text).matches()) {
      throw invalidCursor();
    }
    if (text.isEmpty()) {
      return 0;
    }
    BigInteger value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    if (value.abs().bitLength() > Long.SIZE) {
      throw invalidCursor();
    }
    return value.longValue();
  }

  private static CommandError invalidCursor() {
    return CommandError.of("ERR invalid cursor");
  }

  /**
   * A cursor together with the options that begin at an argument; TYPE only where keys are scanned.
   */
  public static ScanArguments parse(Call call, long cursor, int from, boolean ofKeys) {
    long count = DEFAULT_COUNT;
    Glob pattern = null;
    String typeName = null;
    for (int i = from; i < call.argc(); i += 2) {
      if (i + 1 == call.argc()) {
        throw CommandError.syntax();
      }
      if (call.is(i, "COUNT")) {
        count = call.integer(i + 1);
        if (count < 1) {
          throw CommandError.syntax();
        }
      } else if (call.is(i, "MATCH")) {
        pattern = Glob.of(call.bytes(i + 1));
      } else if (ofKeys && call.is(i, "TYPE")) {
        typeName = call.args().text(i + 1);
      } else {
        throw CommandError.syntax();
      }
    }
    return new ScanArguments(
        cursor, count, pattern == null || pattern.matchesAll() ? null : pattern, typeName);
  }

  /** Whether a name is one of those asked for. */
  public boolean matches(byte[] name) {
    return pattern == null || pattern.matches(name);
  }
}
