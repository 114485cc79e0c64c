package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejoinClusterTest {

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);

  @Test
  void underRequiredADeposedMasterWithAWriteNobodyElseHasIsCopiedAnewAndWritesGoOn() {
    world.bootstrap(Durability.REQUIRED, List.of(List.of(a, b)));
    world.run(500);
    world.hold(a);
    assertThat(a.client().send("SET", "k", "never-acknowledged")).isEmpty();
    world.change(topology ->
        topology.withShard(
            0, s -> new Shard(0, 2, b.id(), false, List.of(b.id()), List.of(a.id()), List.of())));
    world.run(2000);
    assertThat(world.topology().shard(0).orElseThrow().inSync())
        .containsExactlyInAnyOrder(a.id(), b.id());
    World.Client client = b.client();
    assertThat(client.send("GET", "k")).isEqualTo("$-1\r\n");
    assertThat(client.send("SET", "k", "v")).isEqualTo("+OK\r\n");
  }
}
