package dev.kibi.e2e.chaos;

import dev.kibi.protocol.topology.Durability;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The command line of the chaos run. */
record Arguments(int cycles, long seed, Durability durability, int shards, int replicas) {
  static final String USAGE =
      "--cycles N, --seed S, --durability preferred|required|async, --shards N, --replicas N";

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
    for (int i = 0; i < args.length; i += 2) {
      String option = args[i];
      switch (option) {
        case "--cycles" -> cycles = (int) number(args, i, 1, CYCLES_MAX);
        case "--seed" -> seed = number(args, i, Long.MIN_VALUE, Long.MAX_VALUE);
        case "--durability" -> durability = durability(value(args, i, "a durability"));
        case "--shards" -> shards = (int) number(args, i, 1, SHARDS_MAX);
        case "--replicas" -> replicas = (int) number(args, i, 1, REPLICAS_MAX);
        default -> throw new IllegalArgumentException(option + " (expected: " + USAGE + ")");
      }
    }
    return new Arguments(cycles, seed, durability, shards, replicas);
  }

  private static Durability durability(String name) {
    return Arrays.stream(Durability.values())
        .filter(durability -> nameOf(durability).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--durability: %s (expected: %s)"
                    .formatted(
                        name,
                        Arrays.stream(Durability.values())
                            .map(Arguments::nameOf)
                            .collect(Collectors.joining(", ")))));
  }

  static String nameOf(Durability durability) {
    return durability.name().toLowerCase(Locale.ROOT);
  }

  private static long number(String[] args, int option, long min, long max) {
    String range = min == Long.MIN_VALUE ? "a whole number" : "a number from " + min + " to " + max;
    String value = value(args, option, range);
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(message(args[option], value, range), e);
    }
    throw new IllegalArgumentException(message(args[option], value, range));
  }

  private static String value(String[] args, int option, String expected) {
    if (option + 1 >= args.length) {
      throw new IllegalArgumentException(message(args[option], "nothing", expected));
    }
    return args[option + 1];
  }

  private static String message(String option, String value, String expected) {
    return "%s: %s (expected: %s)".formatted(option, value, expected);
  }
}
