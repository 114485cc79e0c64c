package dev.kibi.node.resp;

import org.jspecify.annotations.Nullable;

/**
 * Reads one connection's requests: RESP arrays of bulk strings, and inline commands.
 *
 * <p>Incremental: a call that finds no complete command answers 0 and remembers how far it came, so
 * no byte of a bulk is looked at twice. Between calls the caller may move the unread bytes, and
 * must offer them again from their first byte. Nothing is ever reserved because of a declared
 * length: memory grows with the bytes received only.
 *
 * <pre>
 * START     first byte is '*' -> COUNT, anything else -> INLINE
 * COUNT     "*N\r\n"          -> LENGTH, or an empty command when N <= 0
 * LENGTH    "$L\r\n"          -> BULK
 * BULK      L bytes and CRLF  -> LENGTH, or a whole command after the N-th
 * INLINE    a line            -> a whole command
 * </pre>
 *
 * <p>Every error and its text is that of Redis 7.0.15's {@code processMultibulkBuffer} and {@code
 * processInlineBuffer}; like there, the two bytes behind a bulk and the byte behind a CR are
 * skipped unseen.
 */
public final class RespReader {
  private enum State {
    START,
    COUNT,
    LENGTH,
    BULK,
    INLINE
  }

  private final RespLimits limits;
  private boolean authenticated = true;

  private State state = State.START;

  /** Where the next unread element starts, counted from the command's first byte. */
  private int position;

  /** Up to where the current line was already searched for its end, counted likewise. */
  private int scanned;

  private int argsLeft;
  private int bulkLength;
  private @Nullable Args halfRead;

  public RespReader() {
    this(RespLimits.DEFAULT);
  }

  public RespReader(RespLimits limits) {
    this.limits = limits;
  }

  /** Until a client has authenticated, it may send only small commands. */
  public void authenticated(boolean yes) {
    authenticated = yes;
  }

  /**
   * Reads one command from {@code bytes[from, to)} into {@code args} and returns the bytes it took,
   * or 0 when more are needed.
   *
   * <p>A command of no arguments (an empty line, {@code *0}) is consumed and leaves {@code args}
   * empty.
   *
   * @throws RespProtocolException when the bytes can never become a command
   */
  public int read(byte[] bytes, int from, int to, Args args) {
    if (from == to) {
      return 0;
    }
    args.clear();
    if (state == State.START) {
      state = bytes[from] == '*' ? State.COUNT : State.INLINE;
    } else if (halfRead != null) {
      args.swap(halfRead);
    }
    boolean complete =
        state == State.INLINE ? inline(bytes, from, to, args) : array(bytes, from, to, args);
    if (!complete) {
      putAside(args);
      return 0;
    }
    int taken = position;
    if (args.buffer().length == 0) {
      args.bind(bytes, from);
    }
    reset();
    return taken;
  }

  /**
   * How many bytes the command being read takes at least, as far as is known; never trust it with
   * memory.
   */
  public long bytesWanted() {
    return state == State.BULK ? (long) position + bulkLength + 2 : position + 1L;
  }

  private boolean array(byte[] bytes, int from, int to, Args args) {
    if (state == State.COUNT) {
      int end = lineEnd(bytes, from, to, "too big mbulk count string");
      if (end < 0) {
        return false;
      }
      argsLeft = argumentCount(bytes, from + 1, end);
      nextElement(end + 2 - from, State.LENGTH);
    }
    while (argsLeft > 0) {
      if (state == State.LENGTH) {
        int end = lineEnd(bytes, from, to, "too big bulk count string");
        if (end < 0) {
          return false;
        }
        bulkLength = bulkLength(bytes, from + position, end);
        nextElement(end + 2 - from, State.BULK);
      }
      if (to - from - position < (long) bulkLength + 2) {
        return false;
      }
      args.add(position, bulkLength);
      argsLeft--;
      nextElement(position + bulkLength + 2, State.LENGTH);
    }
    return true;
  }

  private int argumentCount(byte[] bytes, int from, int end) {
    long count = Decimal.parse(bytes, from, end - from);
    if (count > limits.args() || (count < 0 && !Decimal.isValid(bytes, from, end - from))) {
      throw new RespProtocolException("invalid multibulk length");
    }
    if (count > limits.unauthenticatedArgs() && !authenticated) {
      throw new RespProtocolException("unauthenticated multibulk length");
    }
    return (int) Math.max(count, 0);
  }

  private int bulkLength(byte[] bytes, int from, int end) {
    if (bytes[from] != '$') {
      throw new RespProtocolException("expected '$', got '" + (char) (bytes[from] & 0xff) + "'");
    }
    long length = Decimal.parse(bytes, from + 1, end - from - 1);
    if (length < 0 || length > limits.bulkBytes()) {
      throw new RespProtocolException("invalid bulk length");
    }
    if (length > limits.unauthenticatedBulkBytes() && !authenticated) {
      throw new RespProtocolException("unauthenticated bulk length");
    }
    return (int) length;
  }

  /**
   * The offset of the CR that ends the line at {@link #position}, or -1 when the line is not whole
   * yet.
   */
  private int lineEnd(byte[] bytes, int from, int to, String tooBig) {
    int at = from + Math.max(scanned, position);
    while (at < to && bytes[at] != '\r') {
      at++;
    }
    scanned = at - from;
    if (at == to && scanned - position > limits.lineBytes()) {
      throw new RespProtocolException(tooBig);
    }
    return at + 1 < to ? at : -1;
  }

  private boolean inline(byte[] bytes, int from, int to, Args args) {
    int at = from + scanned;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    scanned = at - from;
    if (at == to) {
      if (scanned > limits.lineBytes()) {
        throw new RespProtocolException("too big inline request");
      }
      return false;
    }
    int end = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
    if (!InlineCommand.split(bytes, from, end, args)) {
      throw new RespProtocolException("unbalanced quotes in request");
    }
    position = at + 1 - from;
    return true;
  }

  private void nextElement(int at, State next) {
    position = at;
    scanned = at;
    state = next;
  }

  private void putAside(Args args) {
    if (args.count() > 0) {
      if (halfRead == null) {
        halfRead = new Args();
      }
      halfRead.clear();
      args.swap(halfRead);
    }
  }

  private void reset() {
    state = State.START;
    position = 0;
    scanned = 0;
    argsLeft = 0;
    bulkLength = 0;
    if (halfRead != null) {
      halfRead.clear();
    }
  }
}
