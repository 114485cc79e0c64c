package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.resp.Decimal;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One setting as CONFIG GET and SET see it: its name, its value at the start, and how a new value
 * is read.
 *
 * @param initial in the spelling CONFIG GET answers
 * @param mutable whether CONFIG SET may change it; the others are told by the operator or the
 *     command line
 * @param reader turns what the client sent into the stored spelling, or throws {@link
 *     IllegalArgumentException} with the reason in Redis' words
 */
public record ConfigParameter(
    String name, String initial, boolean mutable, UnaryOperator<String> reader) {

  private static final List<String> UNITS = List.of("b", "k", "kb", "m", "mb", "g", "gb");
  private static final List<Long> UNIT_BYTES =
      List.of(1L, 1000L, 1L << 10, 1_000_000L, 1L << 20, 1_000_000_000L, 1L << 30);

  /** A setting that CONFIG GET shows and CONFIG SET refuses. */
  public static ConfigParameter fixed(String name, String value) {
    return new ConfigParameter(name, value, false, UnaryOperator.identity());
  }

  public static ConfigParameter text(String name, String initial) {
    return new ConfigParameter(name, initial, true, UnaryOperator.identity());
  }

  public static ConfigParameter flag(String name, boolean initial) {
    return new ConfigParameter(name, initial ? "yes" : "no", true, ConfigParameter::readFlag);
  }

  public static ConfigParameter number(String name, long initial, long min, long max) {
    return new ConfigParameter(
        name, Long.toString(initial), true, text -> readNumber(text, min, max));
  }

  /** A number of bytes, with an optional unit: {@code 100mb}. */
  public static ConfigParameter memory(String name, long initialBytes) {
    return new ConfigParameter(
        name, Long.toString(initialBytes), true, ConfigParameter::readMemory);
  }

  public static ConfigParameter choice(String name, String initial, List<String> choices) {
    return new ConfigParameter(name, initial, true, text -> readChoice(text, choices));
  }

  private static String readFlag(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("yes") || lower.equals("no")) {
      return lower;
    }
    throw new IllegalArgumentException("argument must be 'yes' or 'no'");
  }

  private static String readNumber(String text, long min, long max) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    if (!Decimal.isValid(bytes, 0, bytes.length)) {
      throw new IllegalArgumentException("argument couldn't be parsed into an integer");
    }
    long value = Decimal.parse(bytes, 0, bytes.length);
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "argument must be between " + min + " and " + max + " inclusive");
    }
    return Long.toString(value);
  }

  private static String readMemory(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && Character.isDigit(lower.charAt(digits))) {
      digits++;
    }
    int unit = digits == lower.length() ? 0 : UNITS.indexOf(lower.substring(digits));
    if (digits == 0 || digits > 18 || unit < 0) {
      throw new IllegalArgumentException("argument must be a memory value");
    }
    try {
      long bytes =
          Math.multiplyExact(Long.parseLong(lower.substring(0, digits)), UNIT_BYTES.get(unit));
      return Long.toString(bytes);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("argument must be a memory value", e);
    }
  }

  private static String readChoice(String text, List<String> choices) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (choices.contains(lower)) {
      return lower;
    }
    throw new IllegalArgumentException(
        "argument(s) must be one of the following: " + String.join(", ", choices));
  }
}
