package dev.kibi.protocol.wire;

import java.util.List;

/** One entry of a log's history: the log of {@code epoch} begins at {@code lsn}. */
public record EpochStart(long epoch, long lsn) {

  /** Whether these may be a history: epochs rise, and LSNs do not fall. */
  public static boolean areInOrder(List<EpochStart> starts) {
    for (int i = 1; i < starts.size(); i++) {
      EpochStart before = starts.get(i - 1);
      if (starts.get(i).epoch() <= before.epoch() || starts.get(i).lsn() < before.lsn()) {
        return false;
      }
    }
    return true;
  }
}
