package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The first word of an error reply, which is what clients and errorstats go by. */
final class ErrorCode {
  private static final int LONGEST = 64;

  private ErrorCode() {}

  /** The code of the error reply at {@code from}, without its minus sign. */
  static String of(byte[] reply, int from, int to) {
    int end = from + 1;
    int limit = Math.min(to, end + LONGEST);
    while (end < limit && reply[end] != ' ' && reply[end] != '\r') {
      end++;
    }
    return new String(reply, from + 1, end - from - 1, ISO_8859_1);
  }
}
