package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a master waits for that writes faster than a follower reads, and whom it does not. */
class SlowFollowerTest {
  private static final String VALUE = "v".repeat(10_000);

  /** Twice what a log keeps in this world. */
  private static final int WRITES = 200;

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);
  private final World.Host c = world.start("c", 1, 0);
  private World.Client client;

  @BeforeEach
  void allInSync() {
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a, b, c)));
    world.run(1000);
    client = a.client();
  }

  @Test
  void whoIsSilentHoldsNoWriteBackAndCopiesTheShardWhenHeIsBack() {
    world.fill(c);
    world.hold(c);
    world.run(1000);
    assertThat(inSync()).containsExactly(a.id(), b.id());
    int links = a.links();

    for (int i = 0; i < WRITES; i++) {
      assertThat(client.send("SET", "k" + i, VALUE)).as("write %d", i).isEqualTo("+OK\r\n");
    }
    assertThat(a.links()).as("the link that takes nothing is given up").isEqualTo(links - 1);

    world.letGo(c);
    world.run(3000);
    assertThat(inSync()).containsExactlyInAnyOrder(a.id(), b.id(), c.id());
    assertThat(c.store.keys()).isEqualTo(a.store.keys());
  }

  @Test
  void whoAnswersAndCannotTakeMoreHoldsWritesBackUntilHeCan() {
    world.fill(c);
    assertThat(client.send("SET", "first", "v")).as("c is in sync and has not got it").isEmpty();
    world.run(1000);
    assertThat(client.received()).isEqualTo("+OK\r\n");
    assertThat(inSync()).as("he got no further").containsExactly(a.id(), b.id());

    int done = 0;
    while (done < WRITES && client.send("SET", "k" + done, VALUE).equals("+OK\r\n")) {
      done++;
    }
    assertThat(done).as("writes until half the log is behind").isBetween(WRITES / 5, WRITES / 3);
    world.run(100);
    assertThat(client.received()).as("still waits").isEmpty();

    world.drain(c);
    world.run(1000);
    assertThat(client.received()).isEqualTo("+OK\r\n");
    assertThat(inSync()).containsExactlyInAnyOrder(a.id(), b.id(), c.id());
  }

  private List<NodeId> inSync() {
    return List.copyOf(world.topology().shard(0).orElseThrow().inSync());
  }
}
