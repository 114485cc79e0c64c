package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Switchovers and restarts, one after the other, under clients that never see one fail. */
class PlannedOperationsTest {

  private static final int REDIRECTS_MAX = 5;

  private final World world = new World();
  private final NavigableMap<String, World.Host> hosts = new TreeMap<>();
  private final NavigableMap<String, Integer> lives = new TreeMap<>();
  private final NavigableMap<String, String> acknowledged = new TreeMap<>();

  /** A client that goes where it is sent, with one command at a time. */
  private final class Writer {
    private World.Client connection;
    private String key = "";
    private String value = "";
    private int redirects;

    Writer(World.Host host) {
      connection = host.client();
    }

    void set(String itsKey, String itsValue) {
      key = itsKey;
      value = itsValue;
      redirects = 0;
      if (connection.cutOff) {
        connection = hosts.get(nameOf(shard().master())).client();
      }
      connection.post("SET", key, value);
    }

    /** Takes what has come; whether the command is answered. */
    boolean answered() {
      String reply = connection.received();
      if (reply.isEmpty()) {
        assertThat(connection.cutOff).as("cut off during SET %s", key).isFalse();
        return false;
      }
      if (reply.startsWith("-MOVED")) {
        assertThat(++redirects).as("redirects of SET %s", key).isLessThanOrEqualTo(REDIRECTS_MAX);
        String to = reply.substring(reply.lastIndexOf(' ') + 1, reply.indexOf(":6379"));
        connection = hosts.get(to).client();
        connection.post("SET", key, value);
        return false;
      }
      assertThat(reply).as("SET %s", key).isEqualTo("+OK\r\n");
      acknowledged.put(key, value);
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCommandFailsAndNoAcknowledgedWriteIsLost(long seed) {
    Random random = new Random(seed);
    List.of("a", "b", "c").forEach(this::start);
    world.bootstrap(Durability.REQUIRED, List.of(List.copyOf(hosts.values())));
    world.run(1000);
    List<Writer> writers = new ArrayList<>();
    hosts.values().forEach(host -> writers.add(new Writer(host)));
    for (int round = 0; round < 60; round++) {
      int count = round;
      writers.forEach(w -> w.set("k" + writers.indexOf(w), "v" + count));
      if (random.nextInt(3) == 0) {
        restart(hosts.get(List.of("a", "b", "c").get(random.nextInt(3))), writers);
      } else {
        switchover(random);
        answerAll(writers);
      }
      writers.forEach(w -> w.set("r" + writers.indexOf(w), "v" + count));
      answerAll(writers);
      world.run(random.nextInt(30) * 10L);
    }
    assertThat(shard().epoch()).as("seed %d", seed).isGreaterThan(20);
    World.Client reader = hosts.get(nameOf(shard().master())).client();
    acknowledged.forEach((key, value) ->
        assertThat(reader.send("GET", key)).as("seed %d: %s", seed, key).contains(value));
  }

  private void switchover(Random random) {
    Shard now = shard();
    List<NodeId> others = new ArrayList<>(now.inSync());
    others.remove(now.master());
    hosts
        .get(nameOf(now.master()))
        .lane
        .switchover(
            new Frame.Switchover(0, now.epoch(), others.get(random.nextInt(others.size()))));
    world.settle();
  }

  /** SIGTERM, its exit, and the same pod again, as another node. */
  private void restart(World.Host host, List<Writer> writers) {
    AtomicBoolean gone = new AtomicBoolean();
    host.lane.leave(world.nanos() + TimeUnit.SECONDS.toNanos(10), () -> gone.set(true));
    answerAll(writers);
    for (int i = 0; i < 500 && !gone.get(); i++) {
      world.run(10);
    }
    assertThat(gone).as("gone: %s", host.name).isTrue();
    world.kill(host);
    World.Host again = start(host.name);
    world.change(t -> t.withShard(0, s -> s.without(host.id())));
    world.change(t -> World.withLearner(t, again));
    world.run(500);
    assertThat(shard().inSync()).contains(again.id());
  }

  private void answerAll(List<Writer> writers) {
    List<Writer> waiting = new ArrayList<>(writers);
    for (int i = 0; i < 100 && !waiting.isEmpty(); i++) {
      world.settle();
      waiting.removeIf(writer -> writer.key.isEmpty() || writer.answered());
      world.run(10);
    }
    assertThat(waiting).isEmpty();
    writers.forEach(writer -> writer.key = "");
  }

  private World.Host start(String name) {
    World.Host host = world.start(name, lives.merge(name, 1, Integer::sum), 0);
    hosts.put(name, host);
    return host;
  }

  private static String nameOf(NodeId id) {
    return id.podUid().substring("pod-".length());
  }

  private Shard shard() {
    Topology topology = world.topology();
    return topology.shard(0).orElseThrow();
  }
}
