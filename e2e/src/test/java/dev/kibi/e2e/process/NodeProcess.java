package dev.kibi.e2e.process;

import dev.kibi.protocol.topology.NodeInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** One node, talked to without a cluster client between. */
public final class NodeProcess {
  private static final int CLIENT_PORT = 6379;
  private static final int TIMEOUT_MS = 1_000;
  private static final Pattern PROCESS_ID = Pattern.compile("process_id:(\\d+)");

  private NodeProcess() {}

  /** A new connection; an error if nobody listens there. */
  static Jedis connect(String address) {
    return connect(address, TIMEOUT_MS);
  }

  static Jedis connect(String address, int timeoutMs) {
    return new Jedis(
        new HostAndPort(address, CLIENT_PORT),
        DefaultJedisClientConfig.builder()
            .autoNegotiateProtocol(false) // This class of Jedis cannot, and says so each time.
            .timeoutMillis(timeoutMs)
            .build());
  }

  /** The process of a node that serves, as the node itself tells. */
  public static ProcessHandle of(NodeInfo node) {
    try (Jedis jedis = connect(node.address())) {
      Matcher matcher = PROCESS_ID.matcher(jedis.info("server"));
      if (!matcher.find()) {
        throw new AssertionError(node.pod() + ": INFO without process_id");
      }
      return ProcessHandle.of(Long.parseLong(matcher.group(1))).orElseThrow();
    }
  }
}
