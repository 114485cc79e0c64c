package dev.kibi.operator.controller;

import dev.kibi.crds.CacheCluster;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to look again although nothing happens: the earliest of what was asked for. */
final class Recheck {
  static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** Events wake nobody; half a minute is what a person waits for a sentence. */
  static final Duration TROUBLE = Duration.ofSeconds(5);

  static final Duration UNKNOWN_OUTCOME = Duration.ofMillis(100);

  private @Nullable Duration earliest;

  void after(Duration delay) {
    if (earliest == null || delay.compareTo(earliest) < 0) {
      earliest = delay;
    }
  }

  void afterNanos(long nanos) {
    after(Duration.ofNanos(nanos));
  }

  /** Nothing for the SDK to write; it only has to come back in time. */
  UpdateControl<CacheCluster> control() {
    UpdateControl<CacheCluster> control = UpdateControl.noUpdate();
    return earliest == null ? control : control.rescheduleAfter(earliest);
  }
}
