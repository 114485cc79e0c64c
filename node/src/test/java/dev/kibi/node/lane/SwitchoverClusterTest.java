package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.lane.RefusedFrames.Reason;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SwitchoverClusterTest {

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);

  @Test
  void aSwitchoverTakesNoTimeAndClientsAreSentToAMasterThatServes() {
    inSync(Durability.PREFERRED, List.of(a, b));
    World.Client client = a.client();
    client.send("SET", "k", "v");
    long before = world.nanos();
    askFor(b);
    world.settle();
    assertThat(client.send("GET", "k")).isEqualTo("-MOVED 7629 b:6379\r\n");
    assertThat(b.client().send("GET", "k")).isEqualTo("$1\r\nv\r\n");
    assertThat(b.client().send("SET", "k", "w")).isEqualTo("+OK\r\n");
    assertThat(world.nanos()).isEqualTo(before);
    assertThat(client.cutOff).isFalse();
    Shard after = shard();
    assertThat(after.master()).isEqualTo(b.id());
    assertThat(after.inSync()).containsExactly(a.id(), b.id());
    assertThat(after.handover()).isTrue();
    assertThat(after.epoch()).isEqualTo(2);
  }

  @Test
  void commandsSentDuringASwitchoverAreParkedAndNotAnsweredInBetween() {
    inSync(Durability.PREFERRED, List.of(a, b));
    world.authorityAway();
    askFor(b);
    world.settle();
    World.Client client = a.client();
    assertThat(client.send("SET", "k", "v")).isEmpty();
    world.authorityBack();
    world.settle();
    assertThat(client.received()).isEqualTo("-MOVED 7629 b:6379\r\n");
  }

  @Test
  void theLinkToTheNewMasterIsOpenBeforeClientsWait() {
    inSync(Durability.PREFERRED, List.of(a, b));
    world.authorityAway();
    int before = a.dials();
    askFor(b);
    assertThat(a.lane.isHandingOver()).isFalse();
    world.settle();
    assertThat(a.lane.isHandingOver()).isTrue();
    assertThat(a.dials()).isEqualTo(before + 1);
    world.authorityBack();
    world.settle();
    assertThat(b.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
    assertThat(shard().inSync()).contains(a.id());
    assertThat(a.dials()).isEqualTo(before + 1);
  }

  @Test
  void aLinkThatIsNotNeededAfterAllIsClosed() {
    inSync(Durability.PREFERRED, List.of(a, b));
    int before = a.links();
    world.hold(b);
    a.client().send("SET", "k", "v"); // never acknowledged by b
    askFor(b);
    world.settle();
    assertThat(a.links()).isEqualTo(before + 1);
    world.run(280);
    assertThat(a.lane.isHandingOver()).isFalse();
    assertThat(a.links()).isEqualTo(before);
  }

  @Test
  void theNewMasterLearnsOfItFromTheOldOne() {
    inSync(Durability.PREFERRED, List.of(a, b));
    b.blind = true;
    askFor(b);
    world.settle();
    assertThat(b.lane.report().role()).isEqualTo(NodeRole.MASTER);
    assertThat(a.client().send("GET", "k")).startsWith("-MOVED");
  }

  @Test
  void whileTheOutcomeIsOpenNothingIsServedReadsNeither() {
    inSync(Durability.PREFERRED, List.of(a, b));
    world.authorityAway();
    askFor(b);
    world.settle();
    World.Client client = a.client();
    assertThat(client.send("GET", "k")).isEmpty();
    world.run(800);
    assertThat(client.received()).isEmpty();
    world.authorityBack();
    world.run(20);
    assertThat(client.received()).startsWith("-MOVED");
  }

  @Test
  void aSwitchoverThatCannotDrainIsGivenUpAndServingGoesOn() {
    inSync(Durability.PREFERRED, List.of(a, b));
    World.Client client = a.client();
    world.hold(b);
    client.send("SET", "k", "v"); // never acknowledged by b
    askFor(b);
    world.run(1000);
    assertThat(client.received()).isEqualTo("+OK\r\n");
    assertThat(shard().master()).isEqualTo(a.id());
    assertThat(client.send("GET", "k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void anyLaterChangeOfTheShardClearsTheMarkOfAHandover() {
    inSync(Durability.PREFERRED, List.of(a, b));
    askFor(b);
    world.settle();
    world.kill(a);
    world.run(500);
    assertThat(shard().inSync()).containsExactly(b.id());
    assertThat(shard().handover()).isFalse();
  }

  @Test
  void aRequestThatDoesNotFitIsIgnoredAndCounted() {
    inSync(Durability.PREFERRED, List.of(a, b));
    a.lane.switchover(new Frame.Switchover(1, 1, b.id()));
    a.lane.switchover(new Frame.Switchover(0, 7, b.id()));
    a.lane.switchover(new Frame.Switchover(0, 1, a.id()));
    b.lane.switchover(new Frame.Switchover(0, 1, b.id()));
    world.run(100);
    assertThat(shard().epoch()).isEqualTo(1);
    RefusedFrames refused = a.lane.refusedFrames();
    assertThat(refused.total(Reason.OTHER_SHARD)).isEqualTo(1);
    assertThat(refused.total(Reason.OTHER_EPOCH)).isEqualTo(1);
    assertThat(refused.total(Reason.UNEXPECTED)).isEqualTo(1);
    assertThat(b.lane.refusedFrames().total(Reason.UNEXPECTED)).isEqualTo(1);
  }

  @Test
  void aMasterThatIsToldToEndHandsOverAndLeaves() {
    inSync(Durability.PREFERRED, List.of(a, b));
    World.Client client = a.client();
    client.send("SET", "k", "v");
    AtomicBoolean gone = leave(a);
    world.settle();
    assertThat(shard().master()).isEqualTo(b.id());
    assertThat(shard().inSync()).containsExactly(b.id());
    assertThat(shard().learners()).containsExactly(a.id());
    assertThat(b.client().send("SET", "k", "w")).isEqualTo("+OK\r\n");
    assertThat(client.send("GET", "k")).startsWith("-MOVED");
    assertThat(gone).isFalse(); // clients are still told where to go
    world.run(1100);
    assertThat(gone).isTrue();
    assertThat(client.cutOff).isTrue();
    assertThat(shard().inSync()).containsExactly(b.id());
  }

  @Test
  void aReplicaThatIsToldToEndLeavesBeforeItStopsAnswering() {
    inSync(Durability.PREFERRED, List.of(a, b));
    AtomicBoolean gone = leave(b);
    world.settle();
    assertThat(shard().inSync()).containsExactly(a.id());
    world.run(10);
    assertThat(gone).isTrue();
    world.kill(b);
    assertThat(a.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
  }

  @Test
  void withTwoReplicasALeavingMasterKeepsTwoCopiesUnderRequired() {
    World.Host c = world.start("c", 1, 0);
    inSync(Durability.REQUIRED, List.of(a, b, c));
    leave(a);
    world.run(50);
    assertThat(shard().master()).isNotEqualTo(a.id());
    assertThat(shard().inSync()).containsExactly(b.id(), c.id());
    assertThat(shard().electable()).isEmpty();
    World.Host master = b.id().equals(shard().master()) ? b : c;
    assertThat(master.client().send("SET", "k", "v")).isEqualTo("+OK\r\n");
  }

  @Test
  void aLoneMasterThatIsToldToEndJustEnds() {
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a)));
    world.run(100);
    assertThat(leave(a)).isTrue();
  }

  @Test
  void leavingIsBoundedByItsDeadline() {
    inSync(Durability.PREFERRED, List.of(a, b));
    world.authorityAway();
    AtomicBoolean gone = leave(a);
    world.run(4900);
    assertThat(gone).isFalse();
    world.run(200);
    assertThat(gone).isTrue();
  }

  @Test
  void aWaitThatEndsWithTheMastershipIsAnsweredWithWhatIsTrue() {
    inSync(Durability.PREFERRED, List.of(a, b));
    World.Client client = a.client();
    client.send("SET", "k", "v");
    assertThat(client.send("WAIT", "2", "0")).isEmpty();
    askFor(b);
    world.settle();
    assertThat(client.received()).isEqualTo(":1\r\n");
  }

  private void askFor(World.Host to) {
    a.lane.switchover(new Frame.Switchover(0, shard().epoch(), to.id()));
  }

  private AtomicBoolean leave(World.Host host) {
    AtomicBoolean gone = new AtomicBoolean();
    host.lane.leave(world.nanos() + TimeUnit.SECONDS.toNanos(5), () -> gone.set(true));
    return gone;
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
