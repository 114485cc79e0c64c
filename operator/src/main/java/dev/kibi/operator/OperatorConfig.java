package dev.kibi.operator;

import dev.kibi.operator.certificate.Lifetimes;
import dev.kibi.operator.certificate.PeerTls;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Settings of the operator process, from its environment.
 *
 * @param timerFactor scales every timer; for slow or shared machines
 * @param httpPort health and metrics
 * @param bind address the HTTP port is bound to
 * @param serverSideApply off only for API servers that cannot do it
 * @param leaderElection whether a Lease decides which of several operators works
 * @param leaseName name of that Lease; operators that share one are replicas of each other
 * @param podName identity in the Lease and in Events
 * @param podNamespace namespace of the Lease
 * @param peerTls how peer links are protected, on both sides
 * @param watchNamespaces namespaces to look at, empty for all
 */
public record OperatorConfig(
    double timerFactor,
    int httpPort,
    String bind,
    boolean serverSideApply,
    boolean leaderElection,
    String leaseName,
    String podName,
    String podNamespace,
    PeerTls peerTls,
    Set<String> watchNamespaces) {
  private static final double TIMER_FACTOR_MAX = 100;
  private static final Map<Character, Duration> DURATION_UNITS =
      Map.of(
          's',
          Duration.ofSeconds(1),
          'm',
          Duration.ofMinutes(1),
          'h',
          Duration.ofHours(1),
          'd',
          Duration.ofDays(1));
  private static final int PORT_MAX = 65_535;

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException naming the variable that cannot be used
   */
  public static OperatorConfig from(Map<String, String> env) {
    return new OperatorConfig(
        timerFactor(env),
        port(env),
        text(env, "KIBI_BIND", "0.0.0.0"),
        bool(env, "KIBI_SERVER_SIDE_APPLY"),
        bool(env, "KIBI_LEADER_ELECTION"),
        text(env, "KIBI_LEASE_NAME", "kibi-operator"),
        text(env, "POD_NAME", "kibi-operator"),
        text(env, "POD_NAMESPACE", "default"),
        peerTls(env),
        names(env));
  }

  /** The factor as nodes are given it: without a fraction when it has none. */
  public String timerFactorText() {
    return timerFactor == Math.rint(timerFactor)
        ? Long.toString(Math.round(timerFactor))
        : Double.toString(timerFactor);
  }

  private static String text(Map<String, String> env, String name, String fallback) {
    String value = env.getOrDefault(name, "").strip();
    return value.isEmpty() ? fallback : value;
  }

  private static double timerFactor(Map<String, String> env) {
    String value = text(env, "KIBI_TIMER_FACTOR", "1");
    try {
      double factor = Double.parseDouble(value);
      if (factor > 0 && factor <= TIMER_FACTOR_MAX) {
        return factor;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(factorMessage(value), e);
    }
    throw new IllegalArgumentException(factorMessage(value));
  }

  private static String factorMessage(String value) {
    return "KIBI_TIMER_FACTOR: "
        + value
        + " (expected: a number above 0, at most "
        + TIMER_FACTOR_MAX
        + ")";
  }

  private static int port(Map<String, String> env) {
    String value = text(env, "KIBI_HTTP_PORT", "8080");
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(portMessage(value), e);
    }
    throw new IllegalArgumentException(portMessage(value));
  }

  private static String portMessage(String value) {
    return "KIBI_HTTP_PORT: " + value + " (expected: 0.." + PORT_MAX + ")";
  }

  private static boolean bool(Map<String, String> env, String name) {
    String value = text(env, name, "true").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(name + ": " + value + " (expected: true or false)");
    };
  }

  private static PeerTls peerTls(Map<String, String> env) {
    String value = text(env, "KIBI_PEER_TLS", "required");
    boolean required =
        switch (value) {
          case "required" -> true;
          case "off" -> false;
          default ->
              throw new IllegalArgumentException(
                  "KIBI_PEER_TLS: " + value + " (expected: required or off)");
        };
    return new PeerTls(
        required,
        new Lifetimes(
            duration(env, "KIBI_PEER_AUTHORITY_LIFETIME", "3650d"),
            duration(env, "KIBI_PEER_CERTIFICATE_LIFETIME", "90d"),
            duration(env, "KIBI_PEER_CERTIFICATE_SETTLING", "10m")));
  }

  private static Duration duration(Map<String, String> env, String name, String fallback) {
    String value = text(env, name, fallback);
    try {
      int number = value.length() - 1;
      long amount = Long.parseLong(value.substring(0, Math.max(0, number)));
      Duration unit = DURATION_UNITS.get(value.charAt(number));
      if (unit != null && amount > 0) {
        return unit.multipliedBy(amount);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(durationMessage(name, value), e);
    }
    throw new IllegalArgumentException(durationMessage(name, value));
  }

  private static String durationMessage(String name, String value) {
    return name + ": " + value + " (expected: a whole number of s, m, h or d, such as 90d)";
  }

  private static Set<String> names(Map<String, String> env) {
    return Arrays.stream(text(env, "KIBI_WATCH_NAMESPACES", "").split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
