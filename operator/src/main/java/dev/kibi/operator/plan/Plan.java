package dev.kibi.operator.plan;

import java.util.List;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param step the one step to take, if any
 * @param holds what waits, in order of importance
 * @param pendingSlots slots that have to move and are in no move yet
 * @param recheckNanos when to plan again although nothing happens, if time alone may change the
 *     plan
 */
public record Plan(
    Optional<Step> step, List<Hold> holds, int pendingSlots, Optional<Long> recheckNanos) {

  public Plan {
    holds = List.copyOf(holds);
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
