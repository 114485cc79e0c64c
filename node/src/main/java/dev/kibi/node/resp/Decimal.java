package dev.kibi.node.resp;

import java.util.Arrays;

/**
 * Decimal integers exactly as Redis reads them ({@code string2ll}): no leading zeros, no plus sign,
 * no spaces, 64 bits.
 *
 * <p>{@link #parse} answers {@link #INVALID} for text that is no such integer. {@code
 * Long.MIN_VALUE} is itself a valid integer, so {@link #isValid} must be asked whenever the answer
 * equals {@code INVALID}.
 */
public final class Decimal {
  /** The answer for "not an integer"; also a possible value, see the class comment. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final byte[] MIN_VALUE = {
    '-', '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0',
    '8'
  };
  private static final int LONGEST = MIN_VALUE.length;

  private Decimal() {}

  /** The integer written in {@code length} bytes from {@code offset}, or {@link #INVALID}. */
  public static long parse(byte[] bytes, int offset, int length) {
    if (length == 0 || length > LONGEST) {
      return INVALID;
    }
    int at = offset;
    int end = offset + length;
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    if (at == end) {
      return INVALID;
    }
    int first = bytes[at] - '0';
    if (first == 0 && length == 1) {
      return 0;
    }
    if (first < 1 || first > 9) {
      return INVALID;
    }
    // Accumulated below zero, where the range is one larger.
    long value = -first;
    while (++at < end) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return INVALID;
      }
      value *= 10;
      if (value < Long.MIN_VALUE + digit) {
        return INVALID;
      }
      value -= digit;
    }
    if (negative) {
      return value;
    }
    return value == Long.MIN_VALUE ? INVALID : -value;
  }

  /**
   * Whether the bytes are an integer at all; cheap unless {@link #parse} answered {@link #INVALID}.
   */
  public static boolean isValid(byte[] bytes, int offset, int length) {
    return parse(bytes, offset, length) != INVALID || isMinValue(bytes, offset, length);
  }

  private static boolean isMinValue(byte[] bytes, int offset, int length) {
    return length == LONGEST
        && Arrays.equals(bytes, offset, offset + length, MIN_VALUE, 0, LONGEST);
  }

  /** Number of characters {@link #write} needs for {@code value}. */
  public static int length(long value) {
    if (value < 0) {
      return value == Long.MIN_VALUE ? LONGEST : 1 + length(-value);
    }
    int digits = 1;
    for (long limit = 10; value >= limit; limit *= 10) {
      digits++;
      if (digits == 19) {
        break;
      }
    }
    return digits;
  }

  /** Writes {@code value} at {@code offset} and returns the offset after it; there must be room. */
  public static int write(long value, byte[] target, int offset) {
    int end = offset + length(value);
    int at = end;
    long rest = value < 0 ? value : -value;
    do {
      long quotient = rest / 10;
      target[--at] = (byte) ('0' + (quotient * 10 - rest));
      rest = quotient;
    } while (rest != 0);
    if (value < 0) {
      target[--at] = '-';
    }
    return end;
  }
}
