package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One reply as it was on the wire: its type, the text of its first line, the bytes of a bulk, and
 * what it contains.
 *
 * <p>Two replies are equal exactly when their bytes are.
 */
record Reply(char type, String line, String bulk, List<Reply> elements) {

  static Reply read(InputStream in) throws IOException {
    String first = line(in);
    char type = first.charAt(0);
    String line = first.substring(1);
    return switch (type) {
      case '+', '-', ':', ',', '_', '#', '(' -> new Reply(type, line, "", List.of());
      case '$', '=', '!' -> bulk(in, type, line);
      case '*', '~', '>' -> aggregate(in, type, line, 1);
      case '%' -> aggregate(in, type, line, 2);
      default -> throw new IOException("reply: \"" + first + "\" (expected: a RESP type)");
    };
  }

  /** Every reply in {@code bytes}, which must hold whole ones only. */
  static List<Reply> readAll(byte[] bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    List<Reply> replies = new ArrayList<>();
    try {
      while (in.available() > 0) {
        replies.add(read(in));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("reply: " + new String(bytes, ISO_8859_1), e);
    }
    return replies;
  }

  boolean isOk() {
    return type == '+' && line.equals("OK");
  }

  boolean isError() {
    return type == '-';
  }

  /** What the reply says: the line, or the content of a bulk. */
  String text() {
    return type == '$' || type == '=' ? bulk : line;
  }

  private static Reply bulk(InputStream in, char type, String line) throws IOException {
    int length = Integer.parseInt(line);
    if (length < 0) {
      return new Reply(type, line, "", List.of());
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
      throw new EOFException(
          "bulk: " + bytes.length + " bytes (expected: " + length + " and an end of line)");
    }
    return new Reply(type, line, new String(bytes, ISO_8859_1), List.of());
  }

  private static Reply aggregate(InputStream in, char type, String line, int each)
      throws IOException {
    int count = Integer.parseInt(line) * each;
    List<Reply> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(read(in));
    }
    return new Reply(type, line, "", elements);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("reply: ended after \"" + line + "\"");
      }
      line.append((char) b);
    }
    if (in.read() != '\n' || line.isEmpty()) {
      throw new IOException("reply: \"" + line + "\" (expected: a line)");
    }
    return line.toString();
  }

  @Override
  public String toString() {
    String head = type + line + (type == '$' || type == '=' ? " " + Requests.quoted(bulk) : "");
    return elements.isEmpty() ? head : head + " " + elements;
  }
}
