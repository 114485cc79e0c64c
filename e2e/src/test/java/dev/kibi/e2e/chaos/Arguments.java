package dev.kibi.e2e.chaos;

import dev.kibi.e2e.Options;
import dev.kibi.protocol.topology.Durability;
import java.util.Optional;

/** The command line of the chaos run. */
record Arguments(
    int cycles, long seed, Durability durability, int shards, int replicas, Optional<Fault> fault) {
  static final String USAGE =
      "--cycles N, --seed S, --durability preferred|required|async, --shards N, --replicas N,"
          + " --fault FAULT";

  private static final int CYCLES = 100;
  private static final int CYCLES_MAX = 1_000_000;
  private static final int SHARDS = 2;
  private static final int SHARDS_MAX = 16;
  private static final int REPLICAS = 2;
  private static final int REPLICAS_MAX = 4;

  /** {@code someSeed} is the seed where none is given. */
  static Arguments of(long someSeed, String... args) {
    int cycles = CYCLES;
    long seed = someSeed;
    Durability durability = Durability.PREFERRED;
    int shards = SHARDS;
    int replicas = REPLICAS;
    Optional<Fault> fault = Optional.empty();
    for (int i = 0; i < args.length; i += 2) {
      switch (args[i]) {
        case "--cycles" -> cycles = (int) Options.number(args, i, 1, CYCLES_MAX);
        case "--seed" -> seed = Options.number(args, i, Long.MIN_VALUE, Long.MAX_VALUE);
        case "--durability" -> durability = Options.oneOf(args, i, Durability.values());
        case "--shards" -> shards = (int) Options.number(args, i, 1, SHARDS_MAX);
        case "--replicas" -> replicas = (int) Options.number(args, i, 1, REPLICAS_MAX);
        case "--fault" -> fault = Optional.of(Options.oneOf(args, i, Fault.values()));
        default -> throw new IllegalArgumentException(args[i] + " (expected: " + USAGE + ")");
      }
    }
    return new Arguments(cycles, seed, durability, shards, replicas, fault);
  }
}
