package dev.kibi.node.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Appends replies to one growable buffer, in RESP2 or RESP3.
 *
 * <p>What RESP2 lacks is written as Redis writes it there: a map as a flat array, a set or push as
 * an array, a double or verbatim text as a bulk string, a boolean as 0 or 1. CR, LF and NUL never
 * get into a simple string or an error, whatever the text.
 */
public final class RespWriter {
  private static final int INITIAL = 1024;

  private byte[] buffer = new byte[INITIAL];
  private int size;
  private int protocol = 2;
  private long errors;

  /** 2 or 3; replies from now on are of that version. */
  public RespWriter protocol(int version) {
    protocol = version;
    return this;
  }

  public int protocol() {
    return protocol;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /** Forgets everything written after {@code size}. */
  public void truncate(int size) {
    if (size < 0 || size > this.size) {
      throw new IllegalArgumentException("size: " + size + " (expected: 0.." + this.size + ")");
    }
    this.size = size;
  }

  /** Forgets the first {@code bytes}: they have been sent. */
  public void discard(int bytes) {
    System.arraycopy(buffer, bytes, buffer, 0, size - bytes);
    size -= bytes;
  }

  /** Gives the memory of a large reply back; the writer must be empty. */
  public void shrink(int keptBytes) {
    if (size == 0 && buffer.length > keptBytes) {
      buffer = new byte[INITIAL];
    }
  }

  /** Errors written since the start; tells whether a command failed. */
  public long errors() {
    return errors;
  }

  public void ok() {
    ensure(5);
    buffer[size] = '+';
    buffer[size + 1] = 'O';
    buffer[size + 2] = 'K';
    buffer[size + 3] = '\r';
    buffer[size + 4] = '\n';
    size += 5;
  }

  /** A simple string: {@code +text}. */
  public void simple(String text) {
    line('+', text);
  }

  /** An error; {@code text} starts with its code: {@code ERR syntax error}. */
  public void error(String text) {
    errors++;
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
      end--;
    }
    line('-', text.substring(0, end));
  }

  public void integer(long value) {
    header(':', value);
  }

  public void bulk(byte[] bytes) {
    bulk(bytes, 0, bytes.length);
  }

  public void bulk(byte[] bytes, int offset, int length) {
    header('$', length);
    raw(bytes, offset, length);
    crlf();
  }

  /**
   * A bulk string of {@code length} bytes that the caller writes itself, from the returned place of
   * {@link #buffer} on and before anything else is written.
   */
  public int reserveBulk(int length) {
    header('$', length);
    ensure(Math.addExact(length, 2));
    int at = size;
    size += length;
    crlf();
    return at;
  }

  /** A bulk string of text; characters above 0xff are written as UTF-8. */
  public void bulk(String text) {
    bulk(text.getBytes(isLatin(text) ? ISO_8859_1 : UTF_8));
  }

  /** A bulk string that holds an integer's digits. */
  public void bulk(long value) {
    int length = Decimal.length(value);
    header('$', length);
    ensure(length + 2);
    size = Decimal.write(value, buffer, size);
    crlf();
  }

  /** "No value": {@code $-1} or {@code _}. */
  public void nil() {
    constant(protocol == 3 ? "_\r\n" : "$-1\r\n");
  }

  /** "No array": {@code *-1} or {@code _}. */
  public void nilArray() {
    constant(protocol == 3 ? "_\r\n" : "*-1\r\n");
  }

  public void array(long elements) {
    header('*', elements);
  }

  /** A map of {@code pairs} keys and values. */
  public void map(long pairs) {
    if (protocol == 3) {
      header('%', pairs);
    } else {
      header('*', 2 * pairs);
    }
  }

  public void set(long elements) {
    header(protocol == 3 ? '~' : '*', elements);
  }

  /** A message the client did not ask for; RESP2 clients get an array. */
  public void push(long elements) {
    header(protocol == 3 ? '>' : '*', elements);
  }

  public void bool(boolean value) {
    if (protocol == 3) {
      constant(value ? "#t\r\n" : "#f\r\n");
    } else {
      integer(value ? 1 : 0);
    }
  }

  /** A floating point number; {@code text} is its spelling in RESP2 as well as RESP3. */
  public void decimal(String text) {
    if (protocol == 3) {
      line(',', text);
    } else {
      bulk(text);
    }
  }

  public void decimal(double value) {
    decimal(Doubles.text(value));
  }

  /** An integer of any size. */
  public void bigNumber(String digits) {
    if (protocol == 3) {
      line('(', digits);
    } else {
      bulk(digits);
    }
  }

  /** Text for people; {@code format} is three letters such as {@code txt}. */
  public void verbatim(String format, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (protocol == 3) {
      header('=', bytes.length + 4L);
      constant(format + ":");
      raw(bytes, 0, bytes.length);
      crlf();
    } else {
      bulk(bytes);
    }
  }

  /** Bytes that already are a reply. */
  public void raw(byte[] bytes, int offset, int length) {
    ensure(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
  }

  private void header(char type, long value) {
    ensure(24);
    buffer[size++] = (byte) type;
    if (value >= 0 && value < 10) {
      buffer[size++] = (byte) ('0' + value);
    } else {
      size = Decimal.write(value, buffer, size);
    }
    buffer[size++] = '\r';
    buffer[size++] = '\n';
  }

  private void line(char type, String text) {
    ensure(1);
    buffer[size++] = (byte) type;
    int start = size;
    if (isLatin(text)) {
      constant(text);
    } else {
      byte[] bytes = text.getBytes(UTF_8);
      raw(bytes, 0, bytes.length);
    }
    for (int i = start; i < size; i++) {
      if (buffer[i] == '\r' || buffer[i] == '\n' || buffer[i] == 0) {
        buffer[i] = ' ';
      }
    }
    crlf();
  }

  /**
   * Copies a character a byte; {@code getBytes} of this form is the one that needs no array
   * between.
   */
  @SuppressWarnings("deprecation")
  private void constant(String latin) {
    int length = latin.length();
    ensure(length);
    latin.getBytes(0, length, buffer, size);
    size += length;
  }

  private void crlf() {
    ensure(2);
    buffer[size++] = '\r';
    buffer[size++] = '\n';
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      int doubled =
          buffer.length > Integer.MAX_VALUE / 4 ? Integer.MAX_VALUE - 16 : 2 * buffer.length;
      buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
    }
  }
}
