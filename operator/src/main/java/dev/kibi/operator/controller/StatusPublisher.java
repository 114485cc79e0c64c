package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheClusterStatus;
import dev.kibi.operator.act.EventRecorder;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.status.Facts;
import dev.kibi.operator.status.StatusBuilder;
import dev.kibi.operator.status.StatusChange;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a status when it differs from the one that is there. Progress (versions, slot counts) is
 * written once a second at most: a rebalance has hundreds of versions.
 */
final class StatusPublisher {
  private static final Logger log = LoggerFactory.getLogger(StatusPublisher.class);
  private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(1);

  private final Clock clock;
  private final EventRecorder events;
  private final ClusterMetrics metrics;
  private final KubernetesSerialization serialization;
  private final StatusWriter writer;
  private final ConcurrentHashMap<ClusterKey, Instant> written = new ConcurrentHashMap<>();

  StatusPublisher(
      Clock clock,
      EventRecorder events,
      ClusterMetrics metrics,
      KubernetesSerialization serialization,
      StatusWriter writer) {
    this.writer = writer;
    this.clock = clock;
    this.events = events;
    this.metrics = metrics;
    this.serialization = serialization;
  }

  /** Writes the status if it has to be written now; what waits is told to {@code recheck}. */
  void publish(Facts facts, Recheck recheck) {
    CacheCluster cluster = facts.cluster();
    Instant now = clock.instant();
    CacheClusterStatus before = writer.stored(cluster);
    CacheClusterStatus next = StatusBuilder.build(facts, before, now);
    metrics.show(Keys.of(cluster), next);
    if (before != null && before.getObservedGeneration() != null && isSettling(facts)) {
      recheck.afterNanos(facts.timers().graceNanos());
      return;
    }
    if (before != null && serialization.asJson(before).equals(serialization.asJson(next))) {
      return;
    }
    StatusChange change = StatusChange.between(before, next);
    Instant last = written.getOrDefault(Keys.of(cluster), Instant.EPOCH);
    if (change.isProgressOnly() && now.isBefore(last.plus(PROGRESS_PERIOD))) {
      recheck.after(PROGRESS_PERIOD);
      return;
    }
    if (!announceLosses(cluster, change, next)) {
      recheck.after(Recheck.AFTER_FAILURE);
    }
    try {
      writer.write(cluster, next);
    } catch (KubernetesClientException e) {
      log.warn("{}: the status was not written: {}", Keys.of(cluster), e.getMessage());
      recheck.after(Recheck.AFTER_FAILURE);
      return;
    }
    written.put(Keys.of(cluster), now);
    change.announcements().forEach(said -> announce(cluster, said));
  }

  void forget(ClusterKey key) {
    written.remove(key);
    writer.forget(key);
    metrics.forget(key);
  }

  /**
   * A new operator has not had the time to hear its nodes: what it would say now would be taken
   * back at once.
   */
  private static boolean isSettling(Facts facts) {
    return facts.observed().isSettling(facts.nowNanos(), facts.timers());
  }

  /**
   * Announced before it is recorded, under a name that follows from the generation: an operator
   * that dies in between leaves it to the next, and it is told once. What could not be told is not
   * recorded.
   */
  private boolean announceLosses(
      CacheCluster cluster, StatusChange change, CacheClusterStatus next) {
    for (StatusChange.Loss loss : change.losses()) {
      String key = "generation-" + loss.generation();
      if (!events.recordOnce(cluster, key, loss.reason(), loss.message())) {
        next.setDataGeneration(loss.generation() - 1);
        return false;
      }
    }
    return true;
  }

  private void announce(CacheCluster cluster, StatusChange.Announcement said) {
    EventRecorder.Type type =
        said.warning() ? EventRecorder.Type.WARNING : EventRecorder.Type.NORMAL;
    events.record(cluster, type, said.reason(), said.message());
  }
}
