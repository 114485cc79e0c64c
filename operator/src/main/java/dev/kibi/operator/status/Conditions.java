package dev.kibi.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Builds the conditions once, from verdicts and from what was there before. */
final class Conditions {
  private Conditions() {}

  /** The conditions; {@code lastTransitionTime} moves only where the status changes. */
  static List<Condition> build(
      Map<ConditionType, Verdict> verdicts, List<Condition> before, long generation, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return verdicts.entrySet().stream()
        .map(entry -> {
          String type = entry.getKey().text();
          String status = entry.getValue().holds() ? "True" : "False";
          String since =
              before.stream()
                  .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
                  .map(Condition::getLastTransitionTime)
                  .findFirst()
                  .orElse(time);
          return new ConditionBuilder()
              .withType(type)
              .withStatus(status)
              .withReason(entry.getValue().reason())
              .withMessage(entry.getValue().message())
              .withLastTransitionTime(since)
              .withObservedGeneration(generation)
              .build();
        })
        .toList();
  }
}
