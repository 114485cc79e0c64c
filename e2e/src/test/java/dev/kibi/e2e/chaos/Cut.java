package dev.kibi.e2e.chaos;

import java.util.List;

/**
 * Packets that do not arrive.
 *
 * @param matches which, each as iptables is told it
 */
record Cut(List<List<String>> matches) {

  /** All packets from one address to another. */
  static Cut oneWay(String from, String to) {
    return new Cut(List.of(List.of("-s", from, "-d", to)));
  }

  /** All packets from and to a port, at either end of which is {@code address}. */
  static Cut port(String address, int port) {
    String number = Integer.toString(port);
    return new Cut(
        List.of(
            List.of("-s", address, "--sport", number),
            List.of("-s", address, "--dport", number),
            List.of("-d", address, "--sport", number),
            List.of("-d", address, "--dport", number)));
  }
}
