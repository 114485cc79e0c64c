package dev.kibi.operator.nodelink;

import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Leaves an order for one link, in the place of one that it has not sent yet. */
  synchronized void leave(AtomicReference<@Nullable Frame> box, Frame order) {
    box.set(order);
    notifyAll();
  }

  /**
   * Waits for what a link has to send next: a version above the given one, which an order may rest
   * on, else the order left for it.
   */
  synchronized Frame awaitNext(long sent, AtomicReference<@Nullable Frame> box)
      throws InterruptedException {
    while (version() <= sent && box.get() == null) {
      wait();
    }
    Frame order = version() > sent ? null : box.getAndSet(null);
    return order != null ? order : new Frame.TopologyPush(Objects.requireNonNull(latest));
  }
}
