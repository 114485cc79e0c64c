package dev.kibi.e2e.sim;

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

  /** Searches for all mutants and returns how many are not found. */
  int run(int threads) throws InterruptedException {
    List<Mutant> mutants = Mutants.all();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger missing = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(() -> {
            for (int at = next.getAndIncrement();
                at < mutants.size();
                at = next.getAndIncrement()) {
              if (!isFound(mutants.get(at))) {
                missing.incrementAndGet();
              }
            }
          });
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return missing.get();
  }

  private boolean isFound(Mutant mutant) {
    MutantClasses classes = MutantClasses.of(mutant);
    List<String> found = new ArrayList<>();
    for (long seed = from; seed < from + count && found.size() < SEEDS_PER_MUTANT; seed++) {
      String law = classes.lawBroken(seed);
      if (law != null && Simulator.failureOf(seed) == null) {
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
