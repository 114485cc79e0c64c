package dev.kibi.e2e.sim;

import dev.kibi.e2e.Options;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command line of the simulator. */
record Arguments(
    long from, long seeds, Aim aim, boolean trace, boolean mutants, @Nullable String mutant) {
  private static final String USAGE =
      "--seeds N, --from S, --seed S, --trace, --aim AIM, --mutants, --mutant RULE";

  private static final long SEEDS = 1000;

  static Arguments of(String... args) {
    long from = 1;
    long seeds = SEEDS;
    boolean trace = false;
    boolean mutants = false;
    String mutant = null;
    Aim aim = Aim.EVERYTHING;
    int i = 0;
    while (i < args.length) {
      int words = 2; // an option and its value
      switch (args[i]) {
        case "--trace" -> {
          trace = true;
          words = 1;
        }
        case "--mutants" -> {
          mutants = true;
          words = 1;
        }
        case "--mutant" -> {
          mutants = true;
          mutant = Options.value(args, i, "a rule");
        }
        case "--aim" -> aim = Options.oneOf(args, i, Aim.values());
        case "--seeds" -> seeds = Options.number(args, i, 1, Long.MAX_VALUE);
        case "--from" -> from = Options.number(args, i, Long.MIN_VALUE, Long.MAX_VALUE);
        case "--seed" -> {
          from = Options.number(args, i, Long.MIN_VALUE, Long.MAX_VALUE);
          seeds = 1;
        }
        default -> throw new IllegalArgumentException(args[i] + " (expected: " + USAGE + ")");
      }
      i += words;
    }
    Arguments arguments = new Arguments(from, seeds, aim, trace, mutants, mutant);
    arguments.mutantsNamed(Mutants.all());
    return arguments;
  }

  /** Those that are asked for; there is one at least. */
  List<Mutant> mutantsNamed(List<Mutant> all) {
    List<Mutant> named =
        all.stream().filter(each -> mutant == null || each.rule().equals(mutant)).toList();
    if (named.isEmpty()) {
      String rules = all.stream().map(Mutant::rule).distinct().collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "--mutant " + mutant + " (expected: one of " + rules + ")");
    }
    return named;
  }
}
