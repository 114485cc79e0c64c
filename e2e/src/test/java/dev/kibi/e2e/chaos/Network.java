package dev.kibi.e2e.chaos;

import dev.kibi.e2e.process.Program;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.HostAndPort;

/**
 * The packets between the processes of this run, some of which do not arrive.
 *
 * <p>Only where this run has a network namespace of its own, with nothing but a loopback interface:
 * no rule can reach anything outside, and all are gone with the last process in there, whatever
 * becomes of this one.
 */
final class Network {
  private static final int PEER_PORT = 16379;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HostAndPort apiServer;

  Network(HostAndPort apiServer) {
    this.apiServer = apiServer;
  }

  /** Whether packets can be held up here without touching anybody else's. */
  static boolean isOurs() throws InterruptedException {
    try {
      if (!NetworkInterface.networkInterfaces().allMatch(Network::isLoopback)) {
        return false;
      }
      iptables("-S", "INPUT");
      return true;
    } catch (IOException | AssertionError e) {
      return false; // No network to be seen, no such program, or it may not be used.
    }
  }

  private static boolean isLoopback(NetworkInterface network) {
    try {
      return network.isLoopback();
    } catch (SocketException e) {
      return false; // Nobody knows what it is.
    }
  }

  /** Everything between the API server and its clients. */
  Cut apiServer() {
    return Cut.port(apiServer.getHost(), apiServer.getPort());
  }

  /** Everything between a node and other nodes or the operator; its clients are not touched. */
  Cut allPeersOf(String address) {
    return Cut.port(address, PEER_PORT);
  }

  /** From now on these packets are lost. */
  void begin(Cut cut) throws IOException, InterruptedException {
    for (List<String> match : cut.matches()) {
      List<String> rule = new ArrayList<>(List.of("-A", "INPUT", "-i", "lo", "-p", "tcp"));
      rule.addAll(match);
      rule.addAll(List.of("-j", "DROP"));
      iptables(rule.toArray(String[]::new));
    }
  }

  /** From now on every packet arrives. */
  void heal() throws IOException, InterruptedException {
    iptables("-F", "INPUT");
  }

  private static void iptables(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("iptables", "--wait"));
    command.addAll(List.of(arguments));
    new Program(command).run(TIMEOUT);
  }
}
