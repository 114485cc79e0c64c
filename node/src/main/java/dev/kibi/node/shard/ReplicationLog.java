package dev.kibi.node.shard;

import dev.kibi.node.store.EffectLog;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A lane's effect stream: the last bytes of it in a ring, and the history of its epochs.
 *
 * <p>An LSN is the offset of a byte since the shard began. The ring grows to its bound and then
 * forgets the oldest bytes, and in time all that are old; a follower that needs those copies the
 * whole shard again. One append may be larger than the bound: the ring then grows to hold it, as
 * the value itself is in memory too, until nobody needs it any more. A follower never forgets what
 * it has not applied, whatever the bound.
 */
public final class ReplicationLog implements EffectLog {

  private static final int FIRST_BYTES = 1 << 16;

  /** No array is larger. */
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  /** Nobody whose link breaks for longer comes back with what he had. */
  private static final long AGE_MAX_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Where the log ended at some time. */
  private record Mark(long atNanos, long end) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
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

  /** Bytes of memory. */
  int capacity() {
    return ring.length;
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

  /**
   * The same for a piece that begins at {@code lsn} of the master's log.
   *
   * @throws InvariantException when that is not where this log ends
   */
  public void appendFrom(long lsn, ByteBuffer bytes, long needed) {
    Invariants.isNext(lsn, end);
    appendBytes(bytes, needed);
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
    marks.removeIf(mark -> mark.end() > lsn);
  }

  /** Forgets everything and begins at {@code lsn} of the master's log. */
  public void restartAt(long lsn, LogHistory master) {
    start = lsn;
    end = lsn;
    history = master;
    marks.clear();
  }

  /**
   * Forgets what is too old, or beyond the bound after a large append, and gives the memory back.
   * To be called every now and then; everything from {@code needed} on is kept.
   */
  public void trim(long needed, long now) {
    marks.addLast(new Mark(now, end));
    long oldest = start;
    while (now - marks.getFirst().atNanos() >= AGE_MAX_NANOS) {
      oldest = marks.removeFirst().end();
    }
    start = Math.max(start, Math.min(Math.max(oldest, end - bytesMax), needed));
    long kept = end - start;
    long enough = Math.max(kept, Math.min(bytesMax, Math.max(2 * kept, FIRST_BYTES)));
    if (ring.length > Math.max(bytesMax, enough) || ring.length >= 4 * enough) {
      resize((int) enough, (int) kept);
    }
  }

  private void makeRoom(int length, long needed) {
    long kept = end - start;
    long least = end - Math.max(needed, start) + length;
    if (kept + length <= ring.length || (ring.length >= bytesMax && least <= ring.length)) {
      return;
    }
    long most = least > bytesMax ? BYTES_MAX : bytesMax;
    long wanted = Math.max(Math.min(most, Math.max(kept + length, ring.length * 2L)), least);
    if (wanted > BYTES_MAX) {
      throw new IllegalStateException(
          "log: " + wanted + " bytes to keep (expected: at most " + BYTES_MAX + ")");
    }
    resize((int) wanted, (int) Math.min(kept, wanted - length));
  }

  /** Takes a ring of another size, with the last {@code keep} bytes. */
  private void resize(int length, int keep) {
    byte[] old = read(end - keep, keep);
    start = end - keep;
    ring = new byte[length];
    int at = (int) (start % ring.length);
    int first = Math.min(keep, ring.length - at);
    System.arraycopy(old, 0, ring, at, first);
    System.arraycopy(old, first, ring, 0, keep - first);
  }
}
