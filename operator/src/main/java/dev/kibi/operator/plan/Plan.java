package dev.kibi.operator.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to do now.
 *
 * @param step the one step to take, if any
 * @param disruption what to do to a pod when there is no step, if anything
 * @param holds what waits, in order of importance
 * @param podsByShard how many pods the StatefulSets have that exist, where it is known
 * @param pendingSlots slots that have to move and are in no move yet
 * @param recheckNanos when to plan again although nothing happens, if time alone may change the
 *     plan
 */
public record Plan(
    Optional<Step> step,
    Optional<Disruption> disruption,
    List<Hold> holds,
    Map<Integer, Integer> podsByShard,
    int pendingSlots,
    Optional<Long> recheckNanos) {

  public Plan {
    holds = List.copyOf(holds);
    podsByShard = Collections.unmodifiableSortedMap(new TreeMap<>(podsByShard));
  }

  /** Whether the step is one that clients wait for. */
  public boolean isUrgent() {
    return step.filter(taken -> taken.action().isUrgent()).isPresent();
  }

  /** The hold for a reason, if there is one. */
  public Optional<Hold> hold(Reason reason) {
    return holds.stream().filter(hold -> hold.reason() == reason).findFirst();
  }
}
