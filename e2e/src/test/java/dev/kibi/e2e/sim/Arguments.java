package dev.kibi.e2e.sim;

/** The command line of the simulator. */
record Arguments(long from, long seeds, boolean trace, boolean mutants) {

  private static final long SEEDS = 1000;

  static Arguments of(String... args) {
    long from = 1;
    long seeds = SEEDS;
    boolean trace = false;
    boolean mutants = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--trace" -> trace = true;
        case "--mutants" -> mutants = true;
        case "--seeds" -> seeds = number(args, ++i);
        case "--from" -> from = number(args, ++i);
        case "--seed" -> {
          from = number(args, ++i);
          seeds = 1;
        }
        default ->
            throw new IllegalArgumentException(
                args[i] + " (expected: --seeds N, --from S, --seed S, --trace, --mutants)");
      }
    }
    return new Arguments(from, seeds, trace, mutants);
  }

  private static long number(String[] args, int at) {
    if (at >= args.length) {
      throw new IllegalArgumentException(args[at - 1] + " (expected: a number after it)");
    }
    return Long.parseLong(args[at]);
  }
}
