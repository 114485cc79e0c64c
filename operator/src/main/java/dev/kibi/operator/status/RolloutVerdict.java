package dev.kibi.operator.status;

import dev.kibi.operator.diagnosis.Trouble;
import dev.kibi.operator.plan.Disruption;
import dev.kibi.operator.plan.Hold;
import dev.kibi.operator.plan.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what {@code UpToDate} says: whether every pod is of the present template and every master
 * is where it was asked to be.
 *
 * <p>A rollout that waits for a pod in trouble is called stuck. It is no clock that tells the two
 * apart, but whether something is known that keeps the pod from working.
 */
final class RolloutVerdict {

  static final String STUCK = "RolloutStuck";
  private static final int NAMED_MAX = 3;

  private final Facts facts;

  RolloutVerdict(Facts facts) {
    this.facts = facts;
  }

  Verdict get() {
    Optional<Hold> waiting = facts.plan().hold(Reason.ROLLOUT_WAITING);
    if (waiting.isPresent() && !facts.troubles().isEmpty()) {
      return Verdict.no(
          STUCK, sentences(facts.troubles()) + "; " + progress() + ", " + waiting.get().message());
    }
    if (waiting.isPresent()) {
      return Verdict.no("RolloutWaiting", progress() + ", " + waiting.get().message());
    }
    Optional<Hold> switchover = facts.plan().hold(Reason.SWITCHOVER_WAITING);
    if (switchover.isPresent()) {
      return Verdict.no(Reason.SWITCHOVER_WAITING.camelCase(), Verdicts.text(switchover.get()));
    }
    Optional<Disruption> disruption = facts.plan().disruption();
    if (disruption.isPresent()) {
      return Verdict.no(
          disruption.get().reason().camelCase(), progress() + ", " + disruption.get().message());
    }
    if (facts.observed().outdatedPods().isEmpty()) {
      return Verdict.yes("AllPodsUpToDate", "Every pod is of the present template.");
    }
    return Verdict.no(facts.desired().paused() ? "Paused" : "RollingUpdate", progress());
  }

  private String progress() {
    return facts.observed().progress();
  }

  /** Troubles in one sentence, the first few by name. */
  static String sentences(List<Trouble> troubles) {
    int more = troubles.size() - NAMED_MAX;
    return troubles.stream()
            .limit(NAMED_MAX)
            .map(Trouble::message)
            .collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
