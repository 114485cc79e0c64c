package dev.kibi.e2e.process;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A connection to one node that is opened when it is needed, and anew after it failed. Not
 * thread-safe.
 */
public final class NodeConnection implements AutoCloseable {
  private final String address;
  private final int timeoutMs;
  private @Nullable Jedis jedis;

  public NodeConnection(String address, int timeoutMs) {
    this.address = address;
    this.timeoutMs = timeoutMs;
  }

  /** What the node answers; its errors and those of the connection are thrown as Jedis does. */
  public <T extends @Nullable Object> T ask(Function<Jedis, T> command) {
    try {
      if (jedis == null) {
        jedis = NodeProcess.connect(address, timeoutMs);
      }
      return command.apply(jedis);
    } catch (JedisConnectionException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (jedis != null) {
      jedis.close();
      jedis = null;
    }
  }
}
