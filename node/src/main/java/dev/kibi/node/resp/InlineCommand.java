package dev.kibi.node.resp;

/**
 * Splits a line typed by a person into arguments, with quotes and escapes as Redis' {@code
 * sdssplitargs}: {@code "a\x41\n"} and {@code 'it\'s'}; a closing quote must be followed by a space
 * or the end.
 */
final class InlineCommand {
  private final byte[] line;
  private final int end;
  private final byte[] unescaped;
  private final Args args;
  private int at;
  private int written;

  private InlineCommand(byte[] line, int from, int end, Args args) {
    this.line = line;
    this.at = from;
    this.end = untilNul(line, from, end);
    // Unescaping never makes text longer.
    this.unescaped = new byte[end - from];
    this.args = args;
  }

  /** Fills {@code args}; answers false when quotes are unbalanced. */
  static boolean split(byte[] line, int from, int end, Args args) {
    return new InlineCommand(line, from, end, args).split();
  }

  private boolean split() {
    args.bind(unescaped, 0);
    while (true) {
      while (at < end && isSpace(line[at])) {
        at++;
      }
      if (at == end) {
        return true;
      }
      int start = written;
      if (!argument()) {
        return false;
      }
      args.add(start, written - start);
    }
  }

  private boolean argument() {
    while (at < end && !separates(line[at])) {
      byte b = line[at++];
      boolean balanced =
          switch (b) {
            case '"' -> doubleQuoted();
            case '\'' -> singleQuoted();
            default -> write(b);
          };
      if (!balanced) {
        return false;
      }
      if (b == '"' || b == '\'') {
        return at == end || isSpace(line[at]);
      }
    }
    return true;
  }

  private boolean doubleQuoted() {
    while (at < end) {
      byte b = line[at++];
      if (b == '"') {
        return true;
      }
      if (b == '\\' && at < end) {
        escape();
      } else {
        write(b);
      }
    }
    return false;
  }

  private void escape() {
    if (line[at] == 'x' && at + 2 < end && hex(line[at + 1]) >= 0 && hex(line[at + 2]) >= 0) {
      write((byte) (hex(line[at + 1]) << 4 | hex(line[at + 2])));
      at += 3;
      return;
    }
    byte b = line[at++];
    write(
        (byte)
            switch (b) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'b' -> '\b';
              case 'a' -> 7;
              default -> b;
            });
  }

  private boolean singleQuoted() {
    while (at < end) {
      byte b = line[at++];
      if (b == '\'') {
        return true;
      }
      if (b == '\\' && at < end && line[at] == '\'') {
        at++;
        write((byte) '\'');
      } else {
        write(b);
      }
    }
    return false;
  }

  private boolean write(byte b) {
    unescaped[written++] = b;
    return true;
  }

  /** Redis splits the line as a C string. */
  private static int untilNul(byte[] line, int from, int end) {
    int at = from;
    while (at < end && line[at] != 0) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Narrower than {@link #isSpace}: a vertical tab inside a word belongs to it, as in Redis. */
  private static boolean separates(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private static int hex(byte b) {
    return Character.digit((char) (b & 0xff), 16);
  }
}
