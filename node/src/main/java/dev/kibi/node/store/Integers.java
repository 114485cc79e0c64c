package dev.kibi.node.store;

/**
 * Tells the strings that Redis keeps as 64-bit integers: no sign but a minus, no leading zeros, no
 * spaces.
 */
final class Integers {

  private static final int LONGEST = 20;

  private Integers() {}

  static boolean isInteger(byte[] bytes, int offset, int length) {
    if (length == 0 || length > LONGEST) {
      return false;
    }
    boolean negative = bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int end = offset + length;
    if (at == end || (bytes[at] == '0' && length > 1)) {
      return false;
    }
    // Counted below zero, where the range is larger by one.
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        return false;
      }
      value = value * 10 - digit;
    }
    return negative || value != Long.MIN_VALUE;
  }
}
