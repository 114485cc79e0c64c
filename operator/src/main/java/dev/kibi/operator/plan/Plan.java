package dev.kibi.operator.plan;

import java.util.List;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param step the one step to take, if any
 * @param holds what waits, in order of importance
 * @param recheckNanos when to plan again although nothing happens, if time alone may change the
 *     plan
 */
public record Plan(Optional<Step> step, List<Hold> holds, Optional<Long> recheckNanos) {

  public Plan {
    holds = List.copyOf(holds);
  }

  /** The hold for a reason, if there is one. */
  public Optional<Hold> hold(Reason reason) {
    return holds.stream().filter(hold -> hold.reason() == reason).findFirst();
  }
}
