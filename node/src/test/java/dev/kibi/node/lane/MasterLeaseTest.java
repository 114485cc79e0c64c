package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasterLeaseTest {

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);
  private final World.Host c = world.start("c", 1, 0);

  @Test
  void aNewMasterServesNoReadBeforeEveryInSyncReplicaHasAnsweredIt() {
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a, b, c)));
    world.run(500);
    world.cut(c);
    world.change(topology ->
        topology.withShard(
            0, s -> new Shard(0, 2, b.id(), false, List.of(b.id(), c.id()), List.of(), List.of())));
    world.run(270);
    assertThat(b.lane.report().role()).isEqualTo(NodeRole.MASTER);
    World.Client client = b.client();
    assertThat(client.send("GET", "never-written")).isEmpty();
    world.run(500); // past shrink: c is out of the in-sync set
    assertThat(client.received()).isEqualTo("$-1\r\n");
  }
}
