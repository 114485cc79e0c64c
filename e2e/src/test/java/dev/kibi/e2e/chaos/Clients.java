package dev.kibi.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.ShardKey;
import dev.kibi.e2e.process.ShardMembers;
import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
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
  private final Topology topology;
  private final NavigableMap<Integer, Register> registers = new TreeMap<>();

  /**
   * A promise that did not hold.
   *
   * @param shard whose key it was
   */
  record Violation(int shard, String what) {}

  /** {@code name} begins all their keys. */
  Clients(String name, Topology topology, HostAndPort endpoint) {
    this.endpoint = endpoint;
    this.client = RedisClusterClient.create(endpoint);
    this.writer = new AcknowledgedWriter(client, name, WRITERS);
    this.topology = topology;
    topology.shards().forEach(shard -> registers.put(shard.id(), register(name, topology, shard)));
  }

  private static Register register(String name, Topology topology, Shard shard) {
    return new Register(
        ShardKey.of(name, topology, shard.id()), ShardMembers.addresses(topology, shard.id()));
  }

  /** How many writes were acknowledged. */
  long acknowledged() {
    return writer.acknowledged()
        + registers.values().stream().mapToLong(Register::acknowledged).sum();
  }

  /** How many reads masters answered. */
  long reads() {
    return registers.values().stream().mapToLong(Register::reads).sum();
  }

  /** Acknowledged writes that are not there, of a cluster at rest; each is told once. */
  List<Violation> lost() {
    return writer.lostSoFar(endpoint, KEPT).entrySet().stream()
        .map(loss -> new Violation(shardOf(loss.getKey()), loss.getValue()))
        .toList();
  }

  private int shardOf(String key) {
    return topology.slots().ownerOf(Slot.ofHashSlot(HashSlot.of(key.getBytes(UTF_8))));
  }

  /** Reads of masters that answered less than had been acknowledged; each is told once. */
  List<Violation> staleReads() {
    List<Violation> stale = new ArrayList<>();
    registers.forEach((shard, register) ->
        register.objections().forEach(objection -> stale.add(new Violation(shard, objection))));
    return stale;
  }

  @Override
  public void close() {
    writer.close();
    client.close();
    registers.values().forEach(Register::close);
  }
}
