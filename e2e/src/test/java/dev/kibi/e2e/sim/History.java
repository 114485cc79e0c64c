package dev.kibi.e2e.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients did and saw, by key. */
final class History {

  private final NavigableMap<String, List<Op>> byKey = new TreeMap<>();
  private long acknowledgedWrites;

  void add(Op op) {
    byKey.computeIfAbsent(op.key, key -> new ArrayList<>()).add(op);
  }

  List<Op> of(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** How many writes were answered. */
  long acknowledgedWrites() {
    acknowledgedWrites = 0;
    byKey
        .values()
        .forEach(ops ->
            ops.stream()
                .filter(op -> !op.isRead() && op.outcome() == Op.Outcome.DONE)
                .forEach(op -> acknowledgedWrites++));
    return acknowledgedWrites;
  }

  /**
   * Checks one key. An unclean recovery may lose anything, so what happened before one and what
   * happened after it are checked by themselves; a write that was under way then may have ended in
   * any way.
   */
  void check(String key, List<Long> recoveries) {
    long from = 0;
    for (long at : recoveries) {
      check(key, from, at);
      from = at;
    }
    check(key, from, Long.MAX_VALUE);
  }

  private void check(String key, long from, long to) {
    List<Op> ops = new ArrayList<>();
    for (Op op : of(key)) {
      if (op.invokedAt >= from && op.answeredAt() < to) {
        ops.add(op);
      } else if (!op.isRead() && op.invokedAt < to && op.answeredAt() >= from) {
        ops.add(op.unanswered());
      }
    }
    check(key, ops, from == 0 ? null : Linearizability.ANYTHING);
  }

  private static void check(String key, List<Op> ops, @Nullable String initial) {
    if (!Linearizability.holds(ops, initial)) {
      throw new Violation(
          "Linearizability",
          "key "
              + key
              + ":\n  "
              + ops.stream()
                  .filter(op -> op.outcome() != Op.Outcome.REFUSED)
                  .map(Op::toString)
                  .collect(Collectors.joining("\n  ")));
    }
  }
}
