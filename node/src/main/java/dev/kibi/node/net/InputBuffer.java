package dev.kibi.node.net;

import dev.kibi.node.resp.RespProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A connection's bytes that are not yet commands. While they are run they lie in an array that all
 * connections of a lane share; only what is left over is kept with the connection, so an idle
 * connection holds no memory.
 */
final class InputBuffer {

  /** The shared array; one per lane. */
  static final class Scratch {
    private byte[] bytes = new byte[64 * 1024];
  }

  private static final byte[] NOTHING = new byte[0];
  private static final int KEPT_SCRATCH_BYTES = 1 << 20;

  private final Scratch scratch;
  private final int bytesMax;
  private byte[] own = NOTHING;
  private byte[] current = NOTHING;
  private boolean inScratch;
  private int from;
  private int to;

  /** {@code bytesMax} bounds what may wait here for the rest of its command. */
  InputBuffer(Scratch scratch, int bytesMax) {
    this.scratch = scratch;
    this.bytesMax = bytesMax;
  }

  /** The array the unread bytes are in, {@link #from} to {@link #to}. */
  byte[] bytes() {
    return current;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Takes what was received; refuses it when too much would wait. */
  void add(ByteBuf received) {
    int length = received.readableBytes();
    if (to - from > bytesMax - length) {
      throw new RespProtocolException("too big request");
    }
    if (to > from) {
      makeOwnRoom(length);
    } else {
      useScratch(length);
    }
    received.readBytes(current, to, length);
    to += length;
  }

  void consumed(int bytes) {
    from += bytes;
  }

  /** The run is over: leftovers move out of the shared array. */
  void endOfRun() {
    int left = to - from;
    if (left == 0) {
      own = NOTHING;
      current = NOTHING;
      inScratch = false;
      from = 0;
      to = 0;
    } else if (inScratch) {
      inScratch = false;
      own = Arrays.copyOfRange(current, from, to);
      current = own;
      from = 0;
      to = left;
    }
  }

  private int grown(int length) {
    return (int) Math.min(2L * length, bytesMax);
  }

  private void makeOwnRoom(int length) {
    int left = to - from;
    if (current.length - to < length) {
      byte[] target =
          own.length - left >= length ? own : new byte[Math.max(grown(own.length), left + length)];
      System.arraycopy(current, from, target, 0, left);
      own = target;
      current = target;
      inScratch = false;
      from = 0;
      to = left;
    }
  }

  private void useScratch(int length) {
    if (scratch.bytes.length < length || scratch.bytes.length > KEPT_SCRATCH_BYTES) {
      scratch.bytes = new byte[Math.max(length, 64 * 1024)];
    }
    current = scratch.bytes;
    inScratch = true;
    from = 0;
    to = 0;
  }
}
