package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What protocol.md section 2 promises of each durability. */
class DurabilityTest {

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);

  @Test
  void waitCountsInSyncReplicasOnly() {
    World.Host c = world.start("c", 1, 0);
    inSync(Durability.PREFERRED, List.of(a, b, c));
    World.Client client = a.client();
    client.send("SET", "k", "v");
    assertThat(client.send("WAIT", "2", "0")).isEqualTo(":2\r\n");
    world.hold(c);
    client.send("SET", "k", "w");
    world.run(500); // c is out of the in-sync set
    client.received();
    assertThat(client.send("WAIT", "2", "100")).isEmpty();
    world.run(110);
    assertThat(client.received()).isEqualTo(":1\r\n");
  }

  @Test
  void waitForAFileSaysThatThereIsNone() {
    inSync(Durability.PREFERRED, List.of(a, b));
    World.Client client = a.client();
    assertThat(client.send("WAITAOF", "0", "1", "0")).isEqualTo("*2\r\n:0\r\n:0\r\n");
    assertThat(client.send("WAITAOF", "1", "0", "0")).startsWith("-ERR WAITAOF cannot be used");
  }

  @Test
  void infoTellsHowManyReplicasAWriteNeedsAndHas() {
    inSync(Durability.REQUIRED, List.of(a, b));
    assertThat(a.client().send("INFO", "replication"))
        .contains("min_replicas_to_write:1\r\nmin_slaves_good_slaves:1\r\n");
    world.kill(b);
    world.run(100);
    assertThat(a.client().send("INFO", "replication")).contains("min_slaves_good_slaves:0\r\n");
  }

  @Test
  void underRequiredAWriteWaitsForASecondCopyThatIsInSync() {
    inSync(Durability.REQUIRED, List.of(a, b));
    World.Client client = a.client();
    world.hold(b);
    assertThat(client.send("SET", "k", "v")).isEmpty();
    world.run(350);
    assertThat(shard().electable()).containsExactly(b.id());
    assertThat(client.received()).isEmpty();
    world.kill(b);
    World.Host again = world.start("b", 2, 0);
    world.change(t -> t.withShard(0, s -> s.without(b.id())));
    world.change(t -> World.withLearner(t, again));
    world.run(1000);
    assertThat(shard().inSync()).containsExactly(a.id(), again.id());
    assertThat(shard().electable()).isEmpty();
    assertThat(client.received()).isEqualTo("+OK\r\n");
  }

  @Test
  void asyncAnswersAtOnceAndReadsDoNotWaitEither() {
    inSync(Durability.ASYNC, List.of(a, b));
    World.Client client = a.client();
    world.hold(b);
    assertThat(client.send("SET", "k", "v")).isEqualTo("+OK\r\n");
    assertThat(client.send("GET", "k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aReadOfAnUncommittedWriteWaitsForIt() {
    inSync(Durability.PREFERRED, List.of(a, b));
    world.hold(b);
    assertThat(a.client().send("SET", "k", "v")).isEmpty();
    World.Client reader = a.client();
    assertThat(reader.send("GET", "k")).isEmpty();
    world.run(500);
    assertThat(reader.received()).isEqualTo("$1\r\nv\r\n");
  }

  private Shard shard() {
    return world.topology().shard(0).orElseThrow();
  }

  private void inSync(Durability durability, List<World.Host> hosts) {
    world.bootstrap(durability, List.of(hosts));
    world.run(1000);
    assertThat(shard().inSync()).hasSize(hosts.size());
  }
}
