package dev.kibi.e2e.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.HostAndPort;

/** The command line client of Redis in its cluster mode. */
public record RedisCli(HostAndPort endpoint) {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** What one process prints for these commands, a line each, without its remarks on the way. */
  public List<String> run(List<String> commands) throws IOException, InterruptedException {
    String host = endpoint.getHost();
    String port = Integer.toString(endpoint.getPort());
    return Program.of("redis-cli", "-c", "-h", host, "-p", port)
        .run(String.join("\n", commands) + "\n", TIMEOUT)
        .lines()
        .filter(line -> !line.startsWith("-> Redirected"))
        .toList();
  }
}
