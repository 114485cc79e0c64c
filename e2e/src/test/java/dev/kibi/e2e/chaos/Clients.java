package dev.kibi.e2e.chaos;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.ShardKey;
import dev.kibi.e2e.process.ShardMembers;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/**
 * The clients of a run, from new keys on: a cluster client that writes keys once, whose loss is
 * looked for, and for each shard a {@link Register}, which stale reads are looked for in.
 */
final class Clients implements AutoCloseable {
  private static final int WRITERS = 1;
  private static final int KEPT = 20_000;

  private final HostAndPort endpoint;
  private final RedisClusterClient client;
  private final AcknowledgedWriter writer;
  private final List<Register> registers;

  /** {@code name} begins all their keys. */
  Clients(String name, Topology topology, HostAndPort endpoint) {
    this.endpoint = endpoint;
    this.client = RedisClusterClient.create(endpoint);
    this.writer = new AcknowledgedWriter(client, name, WRITERS);
    this.registers =
        topology.shards().stream().map(shard -> register(name, topology, shard)).toList();
  }

  private static Register register(String name, Topology topology, Shard shard) {
    return new Register(
        ShardKey.of(name, topology, shard.id()), ShardMembers.addresses(topology, shard.id()));
  }

  /** How many writes were acknowledged. */
  long acknowledged() {
    return writer.acknowledged() + registers.stream().mapToLong(Register::acknowledged).sum();
  }

  /** How many reads masters answered. */
  long reads() {
    return registers.stream().mapToLong(Register::reads).sum();
  }

  /** Acknowledged writes that are not there, of a cluster at rest; each is told once. */
  List<String> lost() {
    return writer.lostSoFar(endpoint, KEPT);
  }

  /** Reads of masters that answered less than had been acknowledged; each is told once. */
  List<String> staleReads() {
    return registers.stream().flatMap(register -> register.objections().stream()).toList();
  }

  @Override
  public void close() {
    writer.close();
    client.close();
    registers.forEach(Register::close);
  }
}
