package dev.kibi.operator.nodelink;

import dev.kibi.protocol.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The newest topology of a cluster, which every link of it passes on. Only the newest matters: a
 * node that was away never gets the versions between.
 */
final class LatestTopology {
  private @Nullable Topology latest;

  /** Takes a topology unless a newer one, or this one, is known. */
  synchronized void offer(Topology topology) {
    if (latest == null || topology.version() > latest.version()) {
      latest = topology;
      notifyAll();
    }
  }

  synchronized long version() {
    return latest == null ? 0 : latest.version();
  }

  /** Waits for a version above the given one. */
  synchronized Topology awaitAbove(long version) throws InterruptedException {
    while (latest == null || latest.version() <= version) {
      wait();
    }
    return latest;
  }
}
