package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody elects here but the replicas themselves. */
class ElectionClusterTest {

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);

  @Test
  void aReplicaWhoseMasterIsDeadLeadsWithinHalfASecond() {
    inSync(List.of(a, b));
    a.client().send("SET", "k", "v");
    world.kill(a);
    world.run(200);
    assertThat(shard().epoch()).isEqualTo(1);
    world.run(200);
    assertThat(shard().master()).isEqualTo(b.id());
    assertThat(shard().inSync()).containsExactly(b.id());
    assertThat(b.client().send("GET", "k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aSilentMasterIsReplacedAfterTheGraceTime() {
    inSync(List.of(a, b));
    world.cut(a);
    world.run(600);
    assertThat(shard().epoch()).isEqualTo(1);
    world.run(150);
    assertThat(shard().master()).isEqualTo(b.id());
    assertThat(b.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
  }

  @Test
  void ofTwoReplicasTheFirstInRankLeadsAndTheOtherFollowsIt() {
    World.Host c = world.start("c", 1, 0);
    inSync(List.of(a, b, c));
    world.kill(a);
    world.run(1000);
    assertThat(shard().epoch()).isEqualTo(2);
    assertThat(shard().inSync()).hasSize(2).doesNotContain(a.id());
    World.Host master = b.id().equals(shard().master()) ? b : c;
    assertThat(master.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
  }

  @Test
  void aReplicaThatWasTakenOutOfTheInSyncSetNeverBids() {
    inSync(List.of(a, b));
    world.hold(b);
    world.run(3000);
    assertThat(shard().master()).isEqualTo(a.id());
    assertThat(shard().epoch()).isEqualTo(1);
  }

  @Test
  void whileTheAuthorityIsAwayServingGoesOnAndTheElectionWaits() {
    inSync(List.of(a, b));
    world.authorityAway();
    world.run(10_000);
    World.Client client = a.client();
    assertThat(client.send("SET", "k", "v")).isEqualTo("+OK\r\n");
    world.kill(a);
    world.run(2000);
    assertThat(b.lane.report().role()).isEqualTo(NodeRole.FOLLOWER);
    world.authorityBack();
    world.run(50);
    assertThat(b.client().send("GET", "k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aLoneMasterThatSeesNeitherPeersNorTheAuthorityServesNoMore() {
    inSync(List.of(a, b));
    world.kill(b);
    world.run(1000);
    world.authorityAway();
    World.Client client = a.client();
    world.run(2500);
    assertThat(client.send("GET", "k")).isEqualTo("$-1\r\n");
    world.run(6000);
    assertThat(client.send("GET", "k")).startsWith("-CLUSTERDOWN");
    world.authorityBack();
    world.run(2500);
    assertThat(client.send("GET", "k")).isEqualTo("$-1\r\n");
  }

  @Test
  void aMasterThatMissedTheElectionLearnsOfItFromTheReplicaThatLinksToTheNewOne() {
    World.Host c = world.start("c", 1, 0);
    inSync(List.of(a, b, c));
    a.blind = true;
    world.change(t ->
        t.withShard(
            0,
            s ->
                new Shard(
                    0, 2, b.id(), false, List.of(b.id(), c.id()), List.of(), List.of(a.id()))));
    world.settle();
    assertThat(a.lane.report().role()).isEqualTo(NodeRole.LEARNER);
    assertThat(a.lane.report().epoch()).isEqualTo(2);
  }

  private Shard shard() {
    return world.topology().shard(0).orElseThrow();
  }

  private void inSync(List<World.Host> hosts) {
    world.bootstrap(Durability.PREFERRED, List.of(hosts));
    world.run(1000);
    assertThat(shard().inSync()).hasSize(hosts.size());
  }
}
