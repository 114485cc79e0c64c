package dev.kibi.crds.authority;

import dev.kibi.protocol.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An authority that lives as long as its process: for a node on its own, and for tests. */
public final class InMemoryAuthority implements Authority {

  private final List<Watcher> watchers = new ArrayList<>();
  private final Queue<Notice> notices = new ArrayDeque<>();
  private @Nullable StoredTopology stored;
  private boolean notifying;

  @Override
  public synchronized Optional<StoredTopology> get() {
    return Optional.ofNullable(stored);
  }

  @Override
  public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
    CasOutcome outcome = store(expectedVersion, next, opId);
    handOver();
    return outcome;
  }

  @Override
  public TopologyWatch watch(Consumer<Topology> onTopology) {
    Watcher watcher = new Watcher(onTopology);
    add(watcher);
    handOver();
    return () -> remove(watcher);
  }

  private synchronized CasOutcome store(long expectedVersion, Topology next, String opId) {
    return CasGuard.decide(stored, expectedVersion, next, opId)
        .orElseGet(() -> apply(new StoredTopology(next, opId)));
  }

  private synchronized CasOutcome apply(StoredTopology next) {
    stored = next;
    watchers.forEach(watcher -> notices.add(new Notice(watcher, next.topology())));
    return new CasOutcome.Applied(next);
  }

  private synchronized void add(Watcher watcher) {
    watchers.add(watcher);
    if (stored != null) {
      notices.add(new Notice(watcher, stored.topology()));
    }
  }

  private synchronized void remove(Watcher watcher) {
    watchers.remove(watcher);
    notices.removeIf(notice -> notice.to() == watcher);
  }

  /**
   * Hands the notices over in order and outside the lock: a watcher may call back. Who comes while
   * another thread, or a frame below on this stack, is at it leaves its notices to that one.
   */
  private void handOver() {
    if (!startNotifying()) {
      return;
    }
    boolean finished = false;
    try {
      for (Notice notice = nextNotice(); notice != null; notice = nextNotice()) {
        notice.to().onTopology().accept(notice.topology());
      }
      finished = true;
    } finally {
      if (!finished) {
        stopNotifying();
      }
    }
  }

  private synchronized boolean startNotifying() {
    boolean mine = !notifying;
    notifying = true;
    return mine;
  }

  /** The next notice; with the last one gone, whoever comes next hands over. */
  private synchronized @Nullable Notice nextNotice() {
    Notice notice = notices.poll();
    notifying = notice != null;
    return notice;
  }

  private synchronized void stopNotifying() {
    notifying = false;
  }

  private static final class Watcher {
    private final Consumer<Topology> onTopology;

    Watcher(Consumer<Topology> onTopology) {
      this.onTopology = onTopology;
    }

    Consumer<Topology> onTopology() {
      return onTopology;
    }
  }

  private record Notice(Watcher to, Topology topology) {}
}
