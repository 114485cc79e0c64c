package dev.kibi.operator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the first step offered and every hold. */
final class PlanBuilder {
  private @Nullable Step step;
  private final List<Hold> holds = new ArrayList<>();
  private int pendingSlots;
  private @Nullable Long recheckNanos;

  /** Takes the offered step when there is none yet; the offer is worked out only then. */
  PlanBuilder orElse(Supplier<Optional<Step>> offer) {
    if (step == null) {
      step = offer.get().orElse(null);
    }
    return this;
  }

  PlanBuilder hold(Reason reason, String message) {
    holds.add(new Hold(reason, message));
    return this;
  }

  PlanBuilder pendingSlots(int slots) {
    pendingSlots = slots;
    return this;
  }

  /** Asks to plan again after a time at the latest. */
  void recheck(long afterNanos) {
    recheckNanos = recheckNanos == null ? afterNanos : Math.min(recheckNanos, afterNanos);
  }

  Plan build() {
    return new Plan(
        Optional.ofNullable(step), holds, pendingSlots, Optional.ofNullable(recheckNanos));
  }
}
