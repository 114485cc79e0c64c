package dev.kibi.node.shard;

import dev.kibi.protocol.wire.EpochStart;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each epoch of a log begins, and so what two logs have in common (protocol.md section 2,
 * "Resync goes by history"; M: LineageFork).
 *
 * <p>Two logs that agree on the epoch of a position agree on everything before it, because only the
 * master of an epoch appends to it. A bare LSN proves nothing: after two quick elections two logs
 * of equal length can differ.
 *
 * <p>Example: {@code [(1,0), (3,700)]} ending at 900 and {@code [(1,0), (2,500)]} ending at 800
 * have epoch 1 up to LSN 500 in common.
 */
public final class LogHistory {

  /** Older epochs are forgotten; whoever ends in one of them copies the shard anew. */
  private static final int EPOCHS_MAX = 256;

  private final List<EpochStart> starts;

  private LogHistory(List<EpochStart> starts) {
    this.starts = List.copyOf(starts);
  }

  /** The history of an empty log. */
  public static LogHistory empty() {
    return new LogHistory(List.of());
  }

  /**
   * A history as it was received.
   *
   * @throws IllegalArgumentException when epochs do not rise or LSNs fall
   */
  public static LogHistory of(List<EpochStart> starts) {
    if (!EpochStart.areInOrder(starts)) {
      throw new IllegalArgumentException(
          "history: " + starts + " (expected: rising epochs and LSNs)");
    }
    return new LogHistory(starts);
  }

  /** The epoch of the last entry, 0 for an empty log. */
  public long lastEpoch() {
    return starts.isEmpty() ? 0 : starts.getLast().epoch();
  }

  /**
   * This history with a new epoch that begins at {@code lsn}; an epoch that wrote nothing leaves no
   * trace.
   */
  public LogHistory beginning(long epoch, long lsn) {
    if (epoch <= lastEpoch()) {
      throw new IllegalArgumentException(
          "epoch: " + epoch + " (expected: above " + lastEpoch() + ")");
    }
    List<EpochStart> next = new ArrayList<>(starts);
    while (!next.isEmpty() && next.getLast().lsn() >= lsn) {
      next.removeLast();
    }
    next.add(new EpochStart(epoch, lsn));
    return new LogHistory(next.subList(Math.max(0, next.size() - EPOCHS_MAX), next.size()));
  }

  /** This history of a log that is cut to {@code end}. */
  public LogHistory cutTo(long end) {
    if (starts.isEmpty() || starts.getLast().lsn() < end) {
      return this;
    }
    return new LogHistory(starts.stream().filter(start -> start.lsn() < end).toList());
  }

  /**
   * The end of what a log of this history that ends at {@code end} shares with another.
   *
   * @return an LSN, 0 when they share nothing
   */
  public long commonEnd(long end, LogHistory other, long otherEnd) {
    long common = 0;
    for (EpochStart start : starts) {
      if (other.starts.contains(start)) {
        common = Math.max(common, Math.min(endOf(start, end), other.endOf(start, otherEnd)));
      }
    }
    return common;
  }

  /** As it is sent. */
  public List<EpochStart> starts() {
    return starts;
  }

  /**
   * Where the entries of an epoch end in a log that ends at {@code logEnd}; 0 when it does not
   * reach them.
   */
  private long endOf(EpochStart start, long logEnd) {
    if (start.lsn() >= logEnd) {
      return 0;
    }
    int next = starts.indexOf(start) + 1;
    return next < starts.size() ? Math.min(starts.get(next).lsn(), logEnd) : logEnd;
  }

  @Override
  public String toString() {
    return starts.toString();
  }
}
