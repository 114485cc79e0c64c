package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Topology;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Writes keys of one shard without pause, with a client that follows {@code MOVED} and does nothing
 * else for its user: any other error, and a connection that ends, fails a request. Where a client
 * library would try again, and nobody could tell a planned switchover from a crash, this one can.
 */
public final class PlainWriter implements AutoCloseable {
  private static final int REDIRECTIONS_MAX = 100;

  /** A request may be parked for a while; that is no failure. */
  private static final int TIMEOUT_MS = 10_000;

  private final String shard;
  private final Map<String, NodeConnection> connections = new ConcurrentHashMap<>();
  private final LibraryWriter writer;
  private String address; // of the writing thread

  private PlainWriter(String shard, String tag, String address, Duration pause) {
    this.shard = shard;
    this.address = address;
    this.writer = LibraryWriter.start("{" + tag + "}", this::set, pause);
  }

  /** Begins with the first node of the shard; {@code MOVED} leads to its master. */
  public static PlainWriter start(Topology topology, int shard) {
    return start(topology, shard, Duration.ZERO);
  }

  /** With a pause after each request, which counts for nothing. */
  static PlainWriter start(Topology topology, int shard, Duration pause) {
    return new PlainWriter(
        "shard " + shard,
        ShardKey.of(topology, shard),
        ShardMembers.addresses(topology, shard).getFirst(),
        pause);
  }

  private void set(String key, String value) {
    for (int i = 0; i < REDIRECTIONS_MAX; i++) {
      try {
        connections
            .computeIfAbsent(address, to -> new NodeConnection(to, TIMEOUT_MS))
            .ask(jedis -> jedis.set(key, value));
        return;
      } catch (JedisMovedDataException moved) {
        address = moved.getTargetNode().getHost();
      }
    }
    throw new AssertionError(key + ": " + REDIRECTIONS_MAX + " times MOVED");
  }

  /** Stops and says what it wrote; an error unless every request was answered with OK. */
  public void stopAndVerify() throws InterruptedException, ExecutionException {
    KeyWriter.Written written = verified();
    System.out.printf(
        "%s, by a client that follows MOVED only: %d writes, 0 failed, slowest %d ms%n",
        shard, written.keys(), written.slowestMs());
  }

  /** Stops; an error unless every request was answered with OK. */
  KeyWriter.Written verified() throws InterruptedException, ExecutionException {
    KeyWriter.Written written = writer.stop();
    assertThat(written.failures()).as("failed requests of %s", shard).isEmpty();
    assertThat(written.keys()).isPositive();
    return written;
  }

  /** Ends it also where nobody wants to know what became of it. */
  @Override
  public void close() {
    writer.close();
    connections.values().forEach(NodeConnection::close);
  }
}
