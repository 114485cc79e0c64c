package dev.kibi.e2e.sim;

import dev.kibi.e2e.Workers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks for seeds that find mutants; what it prints is recorded in {@link Mutants}. */
final class MutantSearch {

  /** More than one, so that most mutants are still found when the program has changed a little. */
  private static final int SEEDS_PER_MUTANT = 3;

  private final PrintStream out;
  private final long from;
  private final long count;

  MutantSearch(PrintStream out, long from, long count) {
    this.out = out;
    this.from = from;
    this.count = count;
  }

  /** Searches for mutants and returns how many are not found. */
  int run(List<Mutant> mutants, int threads) throws InterruptedException {
    AtomicInteger missing = new AtomicInteger();
    Workers.forEach(
        0,
        mutants.size(),
        threads,
        at -> {
          if (!isFound(mutants.get((int) at))) {
            missing.incrementAndGet();
          }
        });
    return missing.get();
  }

  private boolean isFound(Mutant mutant) {
    MutantClasses classes = MutantClasses.of(mutant);
    List<String> found = new ArrayList<>();
    for (long seed = from; seed < from + count && found.size() < SEEDS_PER_MUTANT; seed++) {
      String law = classes.lawBroken(Aim.EVERYTHING, seed);
      if (law != null && Simulator.failureOf(Aim.EVERYTHING, seed) == null) {
        found.add("\n  seed " + seed + ": " + firstLine(law));
      }
    }
    out.println(mutant + (found.isEmpty() ? ": no seed finds it" : ":" + String.join("", found)));
    return !found.isEmpty();
  }

  /** What a broken law says, short enough for a list. */
  static String firstLine(String law) {
    String line = law.lines().findFirst().orElse("");
    return line.length() <= 120 ? line : line.substring(0, 120) + "…";
  }
}
