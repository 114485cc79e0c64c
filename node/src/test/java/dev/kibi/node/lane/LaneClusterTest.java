package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.election.ElectionRule;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LaneClusterTest {

  private static final String IN_SLOT_1 = "foo{491}";

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);

  @Test
  void aLearnerCopiesTheShardAndBecomesInSync() {
    World.Host lone = a;
    world.bootstrap(Durability.PREFERRED, List.of(List.of(lone, b)));
    world.settle();
    assertThat(a.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
    world.run(500);
    assertThat(world.topology().shard(0).orElseThrow().inSync()).containsExactly(a.id(), b.id());
    assertThat(b.lane.report().role()).isEqualTo(NodeRole.FOLLOWER);
    assertThat(b.lane.report().ready()).isTrue();
    assertThat(b.store.keys()).isEqualTo(1);
  }

  @Test
  void aClientThatSendsNothingForLongerThanTheTimeoutIsClosed() {
    inSyncPair(Durability.PREFERRED);
    World.Client silent = a.client();
    World.Client lively = a.client();
    a.lane.context().config().set("timeout", "2");
    silent.send("PING");
    for (int i = 0; i < 30; i++) {
      lively.send("PING");
      world.run(100);
    }
    assertThat(silent.cutOff).isTrue();
    assertThat(lively.cutOff).isFalse();
  }

  @Test
  void aWriteIsAnsweredOnlyAfterTheInSyncReplicaHasIt() {
    inSyncPair(Durability.PREFERRED);
    World.Client client = a.client();
    world.cut(b);
    assertThat(client.send("SET", "k", "v")).isEmpty();
    world.run(100);
    assertThat(client.received()).isEmpty();
    world.run(600); // past shrink: b is out of the in-sync set by CAS, then the write is released
    assertThat(world.topology().shard(0).orElseThrow().inSync()).containsExactly(a.id());
    assertThat(client.received()).isEqualTo("+OK\r\n");
  }

  @Test
  void underRequiredALoneMasterAnswersNoWrite() {
    inSyncPair(Durability.REQUIRED);
    World.Client client = a.client();
    world.kill(b);
    assertThat(client.send("SET", "k", "v")).isEmpty();
    world.run(3000);
    assertThat(client.received()).isEmpty();
    assertThat(world.topology().shard(0).orElseThrow().electable()).containsExactly(b.id());
  }

  @Test
  void anAcknowledgedWriteSurvivesTheDeathOfItsMaster() {
    inSyncPair(Durability.PREFERRED);
    World.Client client = a.client();
    for (int i = 0; i < 500; i++) {
      assertThat(client.send("SET", "k" + i, "v" + i)).isEqualTo("+OK\r\n");
    }
    world.kill(a);
    elect(b, a);
    world.run(400); // the lease that b granted runs out
    World.Client reader = b.client();
    for (int i = 0; i < 500; i++) {
      assertThat(reader.send("GET", "k" + i)).endsWith("v" + i + "\r\n");
    }
  }

  @Test
  void clientsOfAReplicaCostItNoWriteItHasReceivedAndNotYetApplied() {
    inSyncPair(Durability.PREFERRED);
    assertThat(a.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
    assertThat(b.client().send("PING")).isEqualTo("+PONG\r\n");
    world.kill(a);
    assertThat(b.client().send("GET", "k")).startsWith("-MOVED");
    elect(b, a);
    world.run(400);
    assertThat(b.client().send("GET", "k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aNewMasterAnswersNothingBeforeTheOldLeaseHasRunOut() {
    inSyncPair(Durability.PREFERRED);
    a.client().send("SET", "k", "v");
    world.kill(a);
    elect(b, a);
    world.settle();
    World.Client reader = b.client();
    world.run(100);
    assertThat(b.lane.report().role()).isEqualTo(NodeRole.OPENING);
    assertThat(reader.send("GET", "k")).isEmpty();
    world.run(300);
    assertThat(reader.received()).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aRestartedMasterComesBackAsALearnerAndNeverWipesItsReplica() {
    inSyncPair(Durability.PREFERRED);
    a.client().send("SET", "k", "v");
    world.kill(a);
    World.Host again = world.start("a", 2, 0);
    world.run(300);
    assertThat(again.lane.report().role()).isEqualTo(NodeRole.JOINING);
    assertThat(b.lane.report().lsn()).isPositive();
    elect(b, a);
    world.change(t -> World.withLearner(t, again));
    world.run(1500);
    assertThat(world.topology().shard(0).orElseThrow().inSync())
        .containsExactly(b.id(), again.id());
    assertThat(again.store.keys()).isEqualTo(1);
  }

  @Test
  void aDeposedMasterCutsItsWaitingClientsOffAndAnswersMoved() {
    inSyncPair(Durability.PREFERRED);
    World.Client waiting = a.client();
    world.hold(b); // its acks do not arrive, so the write waits
    assertThat(waiting.send("SET", "k", "v")).isEmpty();
    elect(b, a);
    world.settle();
    assertThat(waiting.cutOff).isTrue();
    assertThat(a.client().send("GET", "k")).startsWith("-MOVED 7629 b:6379");
  }

  @Test
  void withTwoReplicasTheSurvivorGoesOnWithoutCopyingTheShardAnew() {
    World.Host c = world.start("c", 1, 0);
    world.bootstrap(Durability.REQUIRED, List.of(List.of(a, b, c)));
    world.run(1000);
    assertThat(world.topology().shard(0).orElseThrow().inSync()).hasSize(3);
    for (int i = 0; i < 100; i++) {
      assertThat(a.client().send("SET", "k" + i, "v")).isEqualTo("+OK\r\n");
    }
    world.kill(a);
    elect(b, a);
    world.run(1000);
    assertThat(world.topology().shard(0).orElseThrow().inSync()).containsExactly(b.id(), c.id());
    assertThat(b.client().send("SET", "after", "v")).isEqualTo("+OK\r\n");
    world.run(100);
    assertThat(c.store.keys()).isEqualTo(101);
  }

  @Test
  void aSlotMovesWithItsDataAndTheOldOwnerAnswersMoved() {
    World.Host c = world.start("c", 1, 1);
    World.Host d = world.start("d", 1, 1);
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a, b), List.of(c, d)));
    world.run(1000);
    World.Client client = a.client();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      if (client.send("SET", "key" + i, "v" + i).equals("+OK\r\n")) {
        keys.add("key" + i);
      }
    }
    assertThat(keys).hasSizeBetween(900, 1100);
    for (int slot = 0; slot < 512; slot += 4) {
      int first = slot;
      world.change(t -> planned(t, SlotSet.of(first, first + 1, first + 2, first + 3)));
      world.run(50);
    }
    world.run(2000);
    assertThat(world.topology().moves()).isEmpty();
    assertThat(world.topology().slots().slotsOf(0).isEmpty()).isTrue();
    World.Client atTarget = c.client();
    for (String key : keys) {
      assertThat(atTarget.send("GET", key))
          .isEqualTo("$" + (key.length() - 2) + "\r\nv" + key.substring(3) + "\r\n");
      assertThat(client.send("GET", key)).startsWith("-MOVED");
    }
    assertThat(a.store.keys()).isZero();
    assertThat(b.store.keys()).isZero();
    assertThat(d.store.keys()).isEqualTo(c.store.keys());
  }

  @Test
  void aTargetThatHasNotHeardOfTheCommitYetLetsClientsWaitInsteadOfSendingThemBack() {
    World.Host c = targetThatHearsNothingOfTheCommit();
    assertThat(a.client().send("SET", IN_SLOT_1, "v")).startsWith("-MOVED");
    World.Client client = c.client();
    assertThat(client.send("SET", IN_SLOT_1, "v")).isEmpty();
    c.lane.install(world.topology());
    world.run(10);
    assertThat(client.received()).isEqualTo("+OK\r\n");
  }

  @Test
  void aTargetThatDoesNotHearOfTheCommitAtAllSendsClientsBackInTheEnd() {
    World.Host c = targetThatHearsNothingOfTheCommit();
    World.Client client = c.client();
    assertThat(client.send("SET", IN_SLOT_1, "v")).isEmpty();
    world.run(600); // past grace
    assertThat(client.received()).startsWith("-MOVED");
  }

  /** The master of shard 1, which slot 1 has been moved to. */
  private World.Host targetThatHearsNothingOfTheCommit() {
    World.Host c = world.start("c", 1, 1);
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a, b), List.of(c)));
    world.run(1000);
    world.authority.watch(topology -> c.blind = topology.slots().ownerOf(1) == 1);
    world.change(t -> planned(t, SlotSet.of(1)));
    world.run(100);
    assertThat(world.topology().slots().ownerOf(1)).isEqualTo(1);
    return c;
  }

  @Test
  void aMoveWhoseTargetDiesLeavesTheSlotServedWhereItIs() {
    World.Host c = world.start("c", 1, 1);
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a, b), List.of(c)));
    world.run(1000);
    assertThat(a.client().send("SET", IN_SLOT_1, "v")).isNotEmpty();
    world.kill(c);
    world.change(t -> planned(t, SlotSet.of(1)));
    world.run(1000);
    assertThat(world.topology().slots().ownerOf(1)).isZero();
    world.change(t -> t.withCancelled(t.moves()));
    world.run(200);
    assertThat(a.lane.report().ready()).isTrue();
  }

  private void inSyncPair(Durability durability) {
    world.bootstrap(durability, List.of(List.of(a, b)));
    world.run(1000);
    assertThat(world.topology().shard(0).orElseThrow().inSync()).containsExactly(a.id(), b.id());
  }

  private void elect(World.Host winner, World.Host dead) {
    TreeSet<NodeId> suspects = new TreeSet<>(List.of(dead.id()));
    world.change(t ->
        t.withShard(
            winner.identity.shard(),
            s -> ElectionRule.elected(s, winner.id(), suspects, new TreeSet<>(), t.durability())));
  }

  private static Topology planned(Topology topology, SlotSet slots) {
    long from = topology.shard(0).orElseThrow().epoch();
    long to = topology.shard(1).orElseThrow().epoch();
    return topology.withPlanned(List.of(new SlotMove(0, slots, 0, 1, from, to)));
  }
}
