package dev.kibi.node.lane;

import java.util.Arrays;

/**
 * Which part of a connection's reply bytes may leave: replies are in order, and each waits for the
 * commit of what it tells (protocol.md section 2).
 *
 * <p>A gate is an offset in the reply buffer and the LSN that must be committed before the bytes
 * from there on may leave. LSNs rise from gate to gate, because no reply overtakes the one before.
 */
public final class PendingReplies {

  private int[] starts = new int[8];
  private long[] lsns = new long[8];
  private int count;

  /**
   * The bytes from {@code start} on wait for {@code lsn}, and for whatever those before them wait
   * for.
   */
  public void gate(int start, long lsn) {
    if (count > 0 && lsns[count - 1] >= lsn) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      lsns = Arrays.copyOf(lsns, count * 2);
    }
    starts[count] = start;
    lsns[count] = lsn;
    count++;
  }

  /** Whether no byte waits. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Opens the gates up to {@code commitLsn} and returns how many of {@code size} bytes may leave.
   */
  public int release(long commitLsn, int size) {
    int open = 0;
    while (open < count && lsns[open] <= commitLsn) {
      open++;
    }
    System.arraycopy(starts, open, starts, 0, count - open);
    System.arraycopy(lsns, open, lsns, 0, count - open);
    count -= open;
    return count == 0 ? size : starts[0];
  }

  /** The first {@code bytes} have left the buffer. */
  public void shift(int bytes) {
    for (int i = 0; i < count; i++) {
      starts[i] -= bytes;
    }
  }
}
