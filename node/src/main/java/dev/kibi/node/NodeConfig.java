package dev.kibi.node;

import dev.kibi.node.store.EvictionPolicy;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the environment says of this node.
 *
 * @param standalone no Kubernetes: one shard with all slots, this node its master (tests,
 *     benchmarks)
 * @param cluster name of the CacheCluster
 * @param namespace its namespace
 * @param clusterUid its uid
 * @param shard the shard this pod was made for
 * @param pod name of this pod
 * @param podUid uid of this pod
 * @param address IP that peers and clients reach this node at
 * @param host stable DNS name of this pod, empty where there is none
 * @param bind local address to listen on
 * @param memoryLimitBytes what the container may take, 0 for no limit
 * @param maxMemoryBytes limit for keys and values, 0 for none
 * @param timerFactor all the protocol's times are multiplied by it
 * @param backlogBytesMax how much of its log a node keeps
 * @param password what clients must send, empty for nothing
 */
public record NodeConfig(
    boolean standalone,
    String cluster,
    String namespace,
    String clusterUid,
    int shard,
    String pod,
    String podUid,
    String address,
    String host,
    String bind,
    int clientPort,
    int peerPort,
    int httpPort,
    long memoryLimitBytes,
    long maxMemoryBytes,
    EvictionPolicy evictionPolicy,
    double timerFactor,
    int backlogBytesMax,
    String password) {

  /**
   * The environment cannot be used; the message names the variable, its value and what was
   * expected.
   */
  public static final class InvalidConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidConfigException(String message) {
      super(message);
    }
  }

  /**
   * Reads the variables; {@code heapBytesMax} is what a percentage of memory is taken of where no
   * limit is set.
   */
  public static NodeConfig from(Map<String, String> environment, long heapBytesMax)
      throws InvalidConfigException {
    Reader in = new Reader(environment);
    boolean standalone = in.flag("KIBI_STANDALONE");
    String cluster =
        standalone ? in.text("KIBI_CLUSTER", "standalone") : in.required("KIBI_CLUSTER");
    String namespace =
        standalone ? in.text("KIBI_NAMESPACE", "default") : in.required("KIBI_NAMESPACE");
    String pod = standalone ? in.text("KIBI_POD_NAME", "standalone") : in.required("KIBI_POD_NAME");
    String subdomain = in.text("KIBI_SUBDOMAIN", "");
    long memoryLimit = in.memory("KIBI_MEMORY_LIMIT", "0", heapBytesMax);
    long limit = Math.min(memoryLimit, heapBytesMax);
    return new NodeConfig(
        standalone,
        cluster,
        namespace,
        standalone ? in.text("KIBI_CLUSTER_UID", "standalone") : in.required("KIBI_CLUSTER_UID"),
        in.number("KIBI_SHARD", standalone ? "0" : "", 0, 65_535),
        pod,
        standalone ? in.text("KIBI_POD_UID", "standalone") : in.required("KIBI_POD_UID"),
        standalone
            ? in.text("KIBI_POD_IP", in.text("KIBI_BIND", "127.0.0.1"))
            : in.required("KIBI_POD_IP"),
        subdomain.isEmpty()
            ? ""
            : pod + "." + subdomain + "." + namespace + ".svc" + in.domain("KIBI_CLUSTER_DOMAIN"),
        in.text("KIBI_BIND", standalone ? "127.0.0.1" : "0.0.0.0"),
        in.port("KIBI_CLIENT_PORT", "6379"),
        in.port("KIBI_PEER_PORT", "16379"),
        in.port("KIBI_HTTP_PORT", "9121"),
        memoryLimit,
        in.memory("KIBI_MAX_MEMORY", standalone ? "0" : "75%", limit == 0 ? heapBytesMax : limit),
        in.policy("KIBI_EVICTION_POLICY", standalone ? "noeviction" : "allkeys-lru"),
        in.factor("KIBI_TIMER_FACTOR", "1"),
        (int) in.memory("KIBI_BACKLOG", Long.toString(32L << 20), heapBytesMax),
        in.text("KIBI_PASSWORD", ""));
  }

  private static final class Reader {

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

    Reader(Map<String, String> environment) {
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

    private static Optional<Long> percentage(String value, long whole) {
      int percent = Integer.parseInt(value.substring(0, value.length() - 1));
      return percent < 1 || percent > 100 ? Optional.empty() : Optional.of(whole / 100 * percent);
    }

    private static Optional<Long> quantity(String value) {
      int digits = 0;
      while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
        digits++;
      }
      Long unit = UNITS.get(value.substring(digits));
      return unit == null
          ? Optional.empty()
          : Optional.of(Math.multiplyExact(Long.parseLong(value.substring(0, digits)), unit));
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
}
