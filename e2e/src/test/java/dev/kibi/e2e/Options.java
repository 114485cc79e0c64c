package dev.kibi.e2e;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The values of options on a command line, each after its option. What cannot be used is an {@link
 * IllegalArgumentException} that says which option, what was given, and what was expected.
 */
public final class Options {
  private Options() {}

  /** What follows the option at this place, from {@code min} to {@code max}. */
  public static long number(String[] args, int option, long min, long max) {
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

  /** The one of these whose name follows the option at this place. */
  public static <T extends Enum<T>> T oneOf(String[] args, int option, T[] values) {
    String names = Arrays.stream(values).map(Options::nameOf).collect(Collectors.joining(", "));
    String name = value(args, option, names);
    return Arrays.stream(values)
        .filter(value -> nameOf(value).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(message(args[option], name, names)));
  }

  /** As it is said on a command line: {@code kill-all} of {@code KILL_ALL}. */
  public static String nameOf(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What follows the option at this place. */
  public static String value(String[] args, int option, String expected) {
    if (option + 1 >= args.length) {
      throw new IllegalArgumentException(message(args[option], "nothing", expected));
    }
    return args[option + 1];
  }

  private static String message(String option, String value, String expected) {
    return "%s: %s (expected: %s)".formatted(option, value, expected);
  }
}
