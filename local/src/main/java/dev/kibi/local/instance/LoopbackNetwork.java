package dev.kibi.local.instance;

import java.util.regex.Pattern;

/**
 * The loopback addresses of one instance, all with a common prefix of two numbers: one for the API
 * server, one for the operator, one per Service and one per pod.
 */
public final class LoopbackNetwork {
  public static final String DEFAULT_PREFIX = "127.77";
  private static final Pattern PREFIX =
      Pattern.compile("127\\.([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])");

  private final String prefix;
  private final AddressPool services;
  private final AddressPool pods;

  /** {@code prefix} is {@code 127.N}. */
  public LoopbackNetwork(String prefix) {
    check(prefix);
    this.prefix = prefix;
    this.services = new AddressPool(prefix, 16, 240);
    this.pods = new AddressPool(prefix, 256, 4096);
  }

  /** Throws {@link IllegalArgumentException} for what is no prefix. */
  public static void check(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "network: " + prefix + " (expected: 127.N with N from 0 to 255)");
    }
  }

  public String apiServer() {
    return prefix + ".0.1";
  }

  public String operator() {
    return prefix + ".0.2";
  }

  public AddressPool services() {
    return services;
  }

  public AddressPool pods() {
    return pods;
  }
}
