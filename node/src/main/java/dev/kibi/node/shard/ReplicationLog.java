package dev.kibi.node.shard;

import dev.kibi.node.store.EffectLog;
import java.nio.ByteBuffer;

/**
 * A lane's effect stream: the last bytes of it in a ring, and the history of its epochs.
 *
 * <p>An LSN is the offset of a byte since the shard began. The ring grows to its bound and then
 * forgets the oldest bytes; a follower that needs those copies the whole shard again. One append
 * may be larger than the bound: the ring then grows to hold it, as the value itself is in memory
 * too. A follower never forgets what it has not applied, whatever the bound.
 */
public final class ReplicationLog implements EffectLog {

  private static final int FIRST_BYTES = 1 << 16;

  /** No array is larger. */
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  private final int bytesMax;
  private byte[] ring;
  private long start;
  private long end;
  private LogHistory history = LogHistory.empty();

  /**
   * An empty log.
   *
   * @param bytesMax how many bytes it keeps, as far as no single append is larger
   */
  public ReplicationLog(int bytesMax) {
    this.bytesMax = bytesMax;
    this.ring = new byte[Math.min(FIRST_BYTES, bytesMax)];
  }

  /** LSN behind the last byte. */
  @Override
  public long end() {
    return end;
  }

  /** LSN of the oldest byte that is kept. */
  public long start() {
    return start;
  }

  public LogHistory history() {
    return history.cutTo(end);
  }

  /** The history with the epoch that has just begun and wrote nothing yet. */
  public LogHistory openHistory() {
    return history;
  }

  /** Begins a master's epoch at the end of the log. */
  public void beginEpoch(long epoch) {
    history = history.cutTo(end).beginning(epoch, end);
  }

  @Override
  public void append(int slot, byte[] bytes, int offset, int length) {
    appendBytes(ByteBuffer.wrap(bytes, offset, length));
  }

  /** Appends a piece of the stream as a follower receives it. */
  public void appendBytes(ByteBuffer bytes) {
    appendBytes(bytes, end);
  }

  /** The same, and everything from {@code needed} on is kept. */
  public void appendBytes(ByteBuffer bytes, long needed) {
    int length = bytes.remaining();
    makeRoom(length, needed);
    int at = (int) (end % ring.length);
    int first = Math.min(length, ring.length - at);
    bytes.get(ring, at, first);
    bytes.get(ring, 0, length - first);
    end += length;
    start = Math.max(start, end - ring.length);
  }

  /** Whether the bytes from {@code lsn} on are all kept. */
  public boolean reachesBackTo(long lsn) {
    return lsn >= start && lsn <= end;
  }

  /** Copies {@code length} bytes from {@code lsn} on; they must be kept. */
  public byte[] read(long lsn, int length) {
    if (lsn < start || lsn + length > end) {
      throw new IllegalArgumentException(
          "log range: " + lsn + "+" + length + " (expected: inside " + start + ".." + end + ")");
    }
    byte[] bytes = new byte[length];
    int at = (int) (lsn % ring.length);
    int first = Math.min(length, ring.length - at);
    System.arraycopy(ring, at, bytes, 0, first);
    System.arraycopy(ring, 0, bytes, first, length - first);
    return bytes;
  }

  /**
   * Forgets everything behind {@code lsn} and takes over the master's history: the log is a prefix
   * of the master's.
   */
  public void resumeAt(long lsn, LogHistory master) {
    if (lsn < start || lsn > end) {
      throw new IllegalArgumentException(
          "resume: " + lsn + " (expected: " + start + ".." + end + ")");
    }
    end = lsn;
    history = master;
  }

  /** Forgets everything and begins at {@code lsn} of the master's log. */
  public void restartAt(long lsn, LogHistory master) {
    start = lsn;
    end = lsn;
    history = master;
  }

  private void makeRoom(int length, long needed) {
    long kept = end - start;
    long least = end - Math.max(needed, start) + length;
    if (kept + length <= ring.length || (ring.length >= bytesMax && least <= ring.length)) {
      return;
    }
    long most = least > bytesMax ? BYTES_MAX : bytesMax;
    long wanted = Math.max(Math.min(most, Math.max(kept + length, ring.length * 2L)), least);
    byte[] larger = new byte[(int) wanted];
    int keep = (int) Math.min(kept, wanted - length);
    byte[] old = read(end - keep, keep);
    start = end - keep;
    ring = larger;
    int at = (int) (start % ring.length);
    int first = Math.min(keep, ring.length - at);
    System.arraycopy(old, 0, ring, at, first);
    System.arraycopy(old, first, ring, 0, keep - first);
  }
}
