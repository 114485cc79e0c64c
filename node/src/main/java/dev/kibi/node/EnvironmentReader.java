package dev.kibi.node;

import dev.kibi.node.NodeConfig.InvalidConfigException;
import dev.kibi.node.store.EvictionPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads variables of an environment; what cannot be used is named with what was expected. */
final class EnvironmentReader {

  private static final Map<String, Long> UNITS =
      Map.of(
          "Ki",
          1L << 10,
          "Mi",
          1L << 20,
          "Gi",
          1L << 30,
          "Ti",
          1L << 40,
          "k",
          1_000L,
          "M",
          1_000_000L,
          "G",
          1_000_000_000L,
          "T",
          1_000_000_000_000L,
          "",
          1L);

  private final Map<String, String> environment;

  EnvironmentReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** A domain to follow a name, or nothing. */
  String domain(String name) {
    String domain = text(name, "");
    return domain.isEmpty() ? "" : "." + domain;
  }

  String text(String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value;
  }

  String required(String name) throws InvalidConfigException {
    String value = text(name, "");
    if (value.isEmpty()) {
      throw new InvalidConfigException(
          name + ": not set (expected: a value, as the operator sets it)");
    }
    return value;
  }

  boolean flag(String name) throws InvalidConfigException {
    String value = text(name, "false");
    return parsed(
        name,
        value,
        "true or false",
        v ->
            v.equals("true") || v.equals("false")
                ? Optional.of(v.equals("true"))
                : Optional.empty());
  }

  int number(String name, String otherwise, int min, int max) throws InvalidConfigException {
    String value = otherwise.isEmpty() ? required(name) : text(name, otherwise);
    return parsed(
        name,
        value,
        min + ".." + max,
        v -> Optional.of(Integer.parseInt(v)).filter(n -> n >= min && n <= max));
  }

  int port(String name, String otherwise) throws InvalidConfigException {
    return number(name, otherwise, 1, 65_535);
  }

  double factor(String name, String otherwise) throws InvalidConfigException {
    return parsed(
        name,
        text(name, otherwise),
        "a number from 0.1 to 100",
        v -> Optional.of(Double.parseDouble(v)).filter(f -> f >= 0.1 && f <= 100));
  }

  EvictionPolicy policy(String name, String otherwise) throws InvalidConfigException {
    return parsed(
        name,
        text(name, otherwise).toLowerCase(Locale.ROOT),
        "noeviction, allkeys-lru, allkeys-lfu, allkeys-random, volatile-lru, volatile-lfu, volatile-random or volatile-ttl",
        EvictionPolicy::named);
  }

  /** Bytes from a Kubernetes quantity or a percentage of {@code whole}. */
  long memory(String name, String otherwise, long whole) throws InvalidConfigException {
    return parsed(
        name,
        text(name, otherwise),
        "a quantity such as 512Mi, or a percentage such as 75%",
        v -> v.endsWith("%") ? percentage(v, whole) : quantity(v));
  }

  /** Bytes from a Kubernetes quantity within bounds. */
  int bytes(String name, String otherwise, int min, int max) throws InvalidConfigException {
    return parsed(
        name,
        text(name, otherwise),
        "a quantity from " + min + " to " + max,
        v -> quantity(v).filter(bytes -> bytes >= min && bytes <= max).map(Math::toIntExact));
  }

  /** Two ports must differ. */
  void requireDistinct(String name, int port, String other, int otherPort)
      throws InvalidConfigException {
    if (port == otherPort) {
      throw new InvalidConfigException(
          other + ": " + otherPort + " (expected: another port than " + name + ")");
    }
  }

  private static Optional<Long> percentage(String value, long whole) {
    int percent = Integer.parseInt(value.substring(0, value.length() - 1));
    return percent < 1 || percent > 100 ? Optional.empty() : Optional.of(whole / 100 * percent);
  }

  private static Optional<Long> quantity(String value) {
    int digits = 0;
    while (digits < value.length()
        && (Character.isDigit(value.charAt(digits)) || value.charAt(digits) == '.')) {
      digits++;
    }
    Long unit = UNITS.get(value.substring(digits));
    return unit == null
        ? Optional.empty()
        : Optional.of(
            new BigDecimal(value.substring(0, digits))
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.CEILING) // as Kubernetes does
                .longValueExact());
  }

  private static <T> T parsed(
      String name, String value, String expected, Function<String, Optional<T>> parse)
      throws InvalidConfigException {
    Optional<T> result;
    try {
      result = parse.apply(value);
    } catch (NumberFormatException | ArithmeticException e) {
      result = Optional.empty();
    }
    return result.orElseThrow(
        () -> new InvalidConfigException(name + ": " + value + " (expected: " + expected + ")"));
  }
}
