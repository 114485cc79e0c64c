package dev.kibi.node.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The arguments of one command as offsets into the bytes they arrived in; argument 0 is the
 * command's name.
 *
 * <p>One instance is used again for every command of a lane: nothing here allocates except {@link
 * #copy} and {@link #text}. The bytes belong to the connection's read buffer and are only valid
 * while the command runs, so whoever keeps an argument copies it.
 */
public final class Args {
  private static final byte[] EMPTY = {};
  private static final int INITIAL = 16;

  /** A larger array is given back after the command, so that one MSET does not stay on the heap. */
  private static final int KEPT = 1024;

  private byte[] buffer = EMPTY;
  private int base;
  private int[] spans = new int[2 * INITIAL];
  private int count;

  /** Arguments from strings, for commands the node gives itself and for tests. */
  public static Args of(String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      bytes[i] = arguments[i].getBytes(UTF_8);
    }
    return of(bytes);
  }

  /** Arguments copied from byte arrays. */
  public static Args of(byte[]... arguments) {
    int total = 0;
    for (byte[] argument : arguments) {
      total += argument.length;
    }
    byte[] joined = new byte[total];
    Args args = new Args();
    int at = 0;
    for (byte[] argument : arguments) {
      System.arraycopy(argument, 0, joined, at, argument.length);
      args.add(at, argument.length);
      at += argument.length;
    }
    args.bind(joined, 0);
    return args;
  }

  public int count() {
    return count;
  }

  /** The bytes that {@link #offset} points into. */
  public byte[] buffer() {
    return buffer;
  }

  public int offset(int i) {
    return base + spans[2 * checked(i)];
  }

  public int length(int i) {
    return spans[2 * checked(i) + 1];
  }

  public byte[] copy(int i) {
    int from = offset(i);
    return Arrays.copyOfRange(buffer, from, from + length(i));
  }

  /** The argument as text, one character a byte, so that any bytes survive the way back. */
  public String text(int i) {
    return new String(buffer, offset(i), length(i), ISO_8859_1);
  }

  /**
   * Whether argument {@code i} is the ASCII word {@code upperCase}, in whatever case it was sent.
   */
  public boolean is(int i, String upperCase) {
    int length = length(i);
    if (length != upperCase.length()) {
      return false;
    }
    int from = offset(i);
    for (int at = 0; at < length; at++) {
      if (upper(buffer[from + at]) != upperCase.charAt(at)) {
        return false;
      }
    }
    return true;
  }

  /** Whether argument {@code i} is a 64-bit integer in Redis' strict spelling. */
  public boolean isLong(int i) {
    return Decimal.isValid(buffer, offset(i), length(i));
  }

  /**
   * The integer in argument {@code i}; ask {@link #isLong} first, or throws NumberFormatException.
   */
  public long longValue(int i) {
    long value = Decimal.parse(buffer, offset(i), length(i));
    if (value == Decimal.INVALID && !isLong(i)) {
      throw new NumberFormatException("argument " + i + ": " + text(i) + " (expected: an integer)");
    }
    return value;
  }

  /** Whether two arguments hold the same bytes. */
  public boolean same(int i, int j) {
    int a = offset(i);
    int b = offset(j);
    return Arrays.equals(buffer, a, a + length(i), buffer, b, b + length(j));
  }

  static int upper(byte b) {
    return b >= 'a' && b <= 'z' ? b - 32 : b;
  }

  void clear() {
    count = 0;
    buffer = EMPTY;
    if (spans.length > 2 * KEPT) {
      spans = new int[2 * INITIAL];
    }
  }

  /** Adds an argument; {@code offset} counts from the command's first byte. */
  void add(int offset, int length) {
    if (2 * count == spans.length) {
      spans = Arrays.copyOf(spans, 2 * spans.length);
    }
    spans[2 * count] = offset;
    spans[2 * count + 1] = length;
    count++;
  }

  /** Says where the command's first byte is. */
  void bind(byte[] bytes, int commandStart) {
    buffer = bytes;
    base = commandStart;
  }

  /**
   * Trades contents with {@code other}: how a half-read command is put aside and taken up again.
   */
  void swap(Args other) {
    int[] otherSpans = other.spans;
    int otherCount = other.count;
    other.spans = spans;
    other.count = count;
    spans = otherSpans;
    count = otherCount;
  }

  private int checked(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("argument: " + i + " (expected: 0.." + (count - 1) + ")");
    }
    return i;
  }
}
