package dev.kibi.e2e.kubernetes;

import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the pods of a cluster that is at rest: which leave, in which order, and whether
 * all others were in sync when one did.
 *
 * <p>It is told by one watch, so nothing is missed between two looks, and the order is that of the
 * API server.
 */
final class PodHistory implements Watcher<Pod>, AutoCloseable {
  private final Cache cache;
  private final int all;
  private final Set<String> names = new HashSet<>();
  private final Set<String> left = new LinkedHashSet<>();
  private final List<String> faults = new ArrayList<>();
  private @Nullable WatcherException failure;
  private @Nullable Watch watch;

  private PodHistory(Cache cache) {
    this.cache = cache;
    this.all = cache.pods().size();
  }

  /** Begins when all pods were seen as they are now. */
  static PodHistory of(Cache cache) {
    PodHistory history = new PodHistory(cache);
    history.watch =
        cache
            .client()
            .pods()
            .inNamespace(cache.namespace())
            .withLabel("kibi.dev/cluster", cache.name())
            .watch(history);
    Awaitility.await().until(history::isComplete);
    return history;
  }

  @Override
  public synchronized void eventReceived(Action action, Pod pod) {
    String name = pod.getMetadata().getName();
    names.add(name);
    boolean leaves = action == Action.DELETED || pod.getMetadata().getDeletionTimestamp() != null;
    if (leaves && left.add(name)) {
      Set<String> lacking = new HashSet<>(names);
      lacking.remove(name);
      lacking.removeAll(inSync());
      lacking.forEach(other -> faults.add(name + " left while " + other + " was not in sync"));
    }
  }

  private List<String> inSync() {
    Topology topology = cache.topology();
    return topology.shards().stream()
        .flatMap(shard -> shard.inSync().stream())
        .map(node -> topology.node(node).orElseThrow().pod())
        .toList();
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    failure = cause;
  }

  /** Names of the pods that left, by the beginning of their deletion. */
  synchronized List<String> left() {
    check();
    return new ArrayList<>(left);
  }

  /** Which pods began to leave while another was not in sync, in a sentence each. */
  synchronized List<String> faults() {
    check();
    return new ArrayList<>(faults);
  }

  private synchronized boolean isComplete() {
    return names.size() == all;
  }

  private void check() {
    if (failure != null) {
      throw new AssertionError("the watch ended too early", failure);
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
