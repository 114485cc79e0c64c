package dev.kibi.operator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the first step offered and every hold. */
final class PlanBuilder {
  private @Nullable Step step;
  private final List<Hold> holds = new ArrayList<>();
  private @Nullable Disruption disruption;
  private Map<Integer, Integer> podsByShard = Map.of();
  private int pendingSlots;
  private @Nullable Long recheckNanos;

  /** Takes the offered step when there is none yet; the offer is worked out only then. */
  PlanBuilder orElse(Supplier<Optional<Step>> offer) {
    if (step == null) {
      step = offer.get().orElse(null);
    }
    return this;
  }

  /** Takes the offered disruption when there is nothing else to do yet. */
  PlanBuilder orDisrupt(Supplier<Optional<Disruption>> offer) {
    if (step == null && disruption == null) {
      disruption = offer.get().orElse(null);
    }
    return this;
  }

  PlanBuilder podsByShard(Map<Integer, Integer> counts) {
    podsByShard = counts;
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
        Optional.ofNullable(step),
        Optional.ofNullable(disruption),
        holds,
        podsByShard,
        pendingSlots,
        Optional.ofNullable(recheckNanos));
  }
}
