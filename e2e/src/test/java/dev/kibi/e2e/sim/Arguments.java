package dev.kibi.e2e.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command line of the simulator. */
record Arguments(
    long from, long seeds, Aim aim, boolean trace, boolean mutants, @Nullable String mutant) {

  private static final long SEEDS = 1000;

  static Arguments of(String... args) {
    long from = 1;
    long seeds = SEEDS;
    boolean trace = false;
    boolean mutants = false;
    String mutant = null;
    Aim aim = Aim.EVERYTHING;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--trace" -> trace = true;
        case "--mutants" -> mutants = true;
        case "--mutant" -> {
          mutants = true;
          mutant = value(args, ++i);
        }
        case "--aim" -> aim = aim(value(args, ++i));
        case "--seeds" -> seeds = number(args, ++i);
        case "--from" -> from = number(args, ++i);
        case "--seed" -> {
          from = number(args, ++i);
          seeds = 1;
        }
        default ->
            throw new IllegalArgumentException(
                args[i]
                    + " (expected: --seeds N, --from S, --seed S, --trace, --aim AIM, --mutants, --mutant RULE)");
      }
    }
    return new Arguments(from, seeds, aim, trace, mutants, mutant);
  }

  /** Those that are asked for. */
  List<Mutant> mutantsNamed(List<Mutant> all) {
    return all.stream().filter(each -> mutant == null || each.rule().equals(mutant)).toList();
  }

  private static Aim aim(String name) {
    return Arrays.stream(Aim.values())
        .filter(aim -> name.equals(nameOf(aim)))
        .findAny()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--aim "
                    + name
                    + " (expected: one of "
                    + Arrays.stream(Aim.values()).map(Arguments::nameOf).toList()
                    + ")"));
  }

  private static String nameOf(Aim aim) {
    return aim.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static long number(String[] args, int at) {
    return Long.parseLong(value(args, at));
  }

  private static String value(String[] args, int at) {
    if (at >= args.length) {
      throw new IllegalArgumentException(args[at - 1] + " (expected: a value after it)");
    }
    return args[at];
  }
}
