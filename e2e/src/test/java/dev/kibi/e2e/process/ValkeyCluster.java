package dev.kibi.e2e.process;

import static org.awaitility.Awaitility.await;

import dev.kibi.protocol.slot.HashSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A cluster of Valkey processes on this machine, in memory only as Kibi's is: shards of one master
 * and one replica. What Kibi is measured beside.
 */
final class ValkeyCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int COPIES = 2;
  private static final int PORT = 6379;

  /** Above the pods of an instance of Kibi, which may have found the same network. */
  private static final int FIRST_SUBNET = 200;

  /** One node; started again after a kill it is the same one, by its configuration file. */
  private static final class Server {
    final String address;
    private final ProcessBuilder command;
    private Process process;

    Server(Path program, Path directory, String address, int nodeTimeoutMs) throws IOException {
      this.address = address;
      Files.createDirectories(directory);
      List<String> arguments = new ArrayList<>(List.of(program.toString()));
      arguments.addAll(List.of("--bind", address, "--port", Integer.toString(PORT)));
      // Else the others would take it for 127.0.0.1, where all the links of all of them come from.
      arguments.addAll(List.of("--bind-source-addr", address, "--cluster-announce-ip", address));
      arguments.addAll(List.of("--cluster-enabled", "yes"));
      arguments.addAll(List.of("--cluster-node-timeout", Integer.toString(nodeTimeoutMs)));
      arguments.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "no"));
      this.command =
          new ProcessBuilder(arguments)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("valkey.log").toFile()));
      this.process = command.start();
    }

    void kill() {
      process.destroyForcibly();
    }

    void restart() throws IOException, InterruptedException {
      process.waitFor();
      process = command.start();
    }

    /** Whether it answers, and what it says of itself holds. */
    boolean is(Predicate<Jedis> fact) {
      try (Jedis jedis = NodeProcess.connect(address)) {
        return fact.test(jedis);
      } catch (JedisException e) {
        return false; // It is not up yet, and that is the answer.
      }
    }
  }

  /** The nodes of each shard; any of them may be its master. */
  private final List<List<Server>> shards = new ArrayList<>();

  private ValkeyCluster() {}

  /**
   * Starts {@code program}, a valkey-server, for each node; returns when every shard has a master
   * and a replica in sync.
   *
   * @param nodeTimeoutMs Valkey's {@code cluster-node-timeout}
   */
  static ValkeyCluster start(Path program, Path directory, int shards, int nodeTimeoutMs)
      throws IOException {
    ValkeyCluster cluster = new ValkeyCluster();
    try {
      String network = FreeNetwork.find();
      for (int shard = 1; shard <= shards; shard++) {
        List<Server> servers = new ArrayList<>();
        cluster.shards.add(servers);
        for (int copy = 1; copy <= COPIES; copy++) {
          String address = network + "." + (FIRST_SUBNET + shard) + "." + copy;
          servers.add(new Server(program, directory.resolve(address), address, nodeTimeoutMs));
        }
      }
      cluster.join();
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void join() {
    List<Server> all = all();
    awaitAll(jedis -> "PONG".equals(jedis.ping()));
    all.stream().skip(1).forEach(server -> meet(all.getFirst(), server));
    awaitAll(jedis -> jedis.clusterInfo().contains("cluster_known_nodes:" + all.size()));
    for (int shard = 0; shard < shards.size(); shard++) {
      Server replica = shards.get(shard).getLast();
      try (Jedis master = NodeProcess.connect(shards.get(shard).getFirst().address);
          Jedis follower = NodeProcess.connect(replica.address)) {
        master.clusterAddSlotsRange(firstHashSlot(shard), firstHashSlot(shard + 1) - 1);
        String id = master.clusterMyId();
        // A node that is counted may still be shaking hands, and then has another id.
        await().atMost(PATIENCE).until(() -> follower.clusterNodes().contains(id));
        follower.clusterReplicate(id);
      }
    }
    awaitSettled();
  }

  private static void meet(Server one, Server other) {
    try (Jedis jedis = NodeProcess.connect(one.address)) {
      jedis.clusterMeet(other.address, PORT);
    }
  }

  private int firstHashSlot(int shard) {
    return HashSlot.COUNT * shard / shards.size();
  }

  private List<Server> all() {
    return shards.stream().flatMap(List::stream).toList();
  }

  private void awaitAll(Predicate<Jedis> fact) {
    await().atMost(PATIENCE).until(() -> all().stream().allMatch(server -> server.is(fact)));
  }

  /** Returns when every slot is served, and every shard has its replica in sync. */
  void awaitSettled() {
    awaitAll(jedis -> jedis.clusterInfo().contains("cluster_state:ok"));
    await().atMost(PATIENCE).until(() -> shards.stream().allMatch(ValkeyCluster::isReplicated));
  }

  private static boolean isReplicated(List<Server> shard) {
    return shard.stream().filter(ValkeyCluster::isMaster).count() == 1
        && shard.stream()
                .filter(server ->
                    server.is(jedis -> jedis.info("replication").contains("master_link_status:up")))
                .count()
            == COPIES - 1;
  }

  private static boolean isMaster(Server server) {
    return server.is(jedis -> jedis.info("replication").contains("role:master"));
  }

  /**
   * Kills the master of a shard, and starts it again once another is in its place: how long no
   * write was acknowledged.
   */
  Duration killMaster(int shard) throws IOException, InterruptedException, ExecutionException {
    List<Server> servers = shards.get(shard);
    Server master = servers.stream().filter(ValkeyCluster::isMaster).findFirst().orElseThrow();
    List<String> addresses = servers.stream().map(server -> server.address).toList();
    try (FailoverProbe probe = new FailoverProbe(addresses, keyOf(shard))) {
      Duration downtime = probe.firstWriteAfter(master::kill);
      master.restart();
      awaitSettled();
      return downtime;
    }
  }

  private String keyOf(int shard) {
    return ShardKey.of(
        "probe",
        hashSlot -> firstHashSlot(shard) <= hashSlot && hashSlot < firstHashSlot(shard + 1));
  }

  @Override
  public void close() {
    all().forEach(Server::kill);
  }
}
