package dev.kibi.e2e.fuzz;

import dev.kibi.e2e.Options;

/** The command line of the fuzzer. */
record Arguments(long inputs, long seed, long from) {
  private static final String USAGE = "--inputs N, --seed S, --from I";
  private static final long INPUTS = 10_000_000;

  /** {@code someSeed} is the seed where none is given. */
  static Arguments of(long someSeed, String... args) {
    long inputs = INPUTS;
    long seed = someSeed;
    long from = 0;
    for (int i = 0; i < args.length; i += 2) {
      switch (args[i]) {
        case "--inputs" -> inputs = Options.number(args, i, 1, Long.MAX_VALUE);
        case "--seed" -> seed = Options.number(args, i, Long.MIN_VALUE, Long.MAX_VALUE);
        case "--from" -> from = Options.number(args, i, 0, Long.MAX_VALUE);
        default -> throw new IllegalArgumentException(args[i] + " (expected: " + USAGE + ")");
      }
    }
    return new Arguments(inputs, seed, from);
  }
}
