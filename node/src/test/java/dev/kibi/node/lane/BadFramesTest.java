package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.lane.RefusedFrames.Reason;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does about frames that it should not have been sent: nothing, but count them. */
class BadFramesTest {

  private final World world = new World();
  private final World.Host a = world.start("a", 1, 0);
  private final World.Host b = world.start("b", 1, 0);
  private final Wire wire = new Wire();

  /** A link to nowhere that remembers what it was sent. */
  private static final class Wire implements PeerChannel {
    private final List<Frame> sent = new ArrayList<>();
    private final Set<PeerRole> roles;
    private boolean closed;

    Wire(PeerRole... roles) {
      this.roles = Set.of(roles.length == 0 ? PeerRole.values() : roles);
    }

    @Override
    public void send(Frame frame) {
      sent.add(frame);
    }

    @Override
    public boolean writable() {
      return !closed;
    }

    @Override
    public boolean takesImages() {
      return writable();
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public boolean mayBe(PeerRole role) {
      return roles.contains(role);
    }

    @Override
    public String remote() {
      return "nowhere";
    }
  }

  @BeforeEach
  void inSync() {
    world.bootstrap(Durability.PREFERRED, List.of(List.of(a, b)));
    world.run(1000);
  }

  /** A link that is closed for its first frame. */
  private Wire begin(Wire link, Frame first) {
    a.lane.accept(link).frame(first);
    assertThat(link.closed).as("%s", first).isTrue();
    return link;
  }

  @Test
  void linksOfAnotherClusterAreClosed() {
    for (Frame first :
        List.of(
            new Frame.OperatorHello("other", "pod-a"),
            new Frame.Follow("other", "pod-a", 0, 1, b.id(), 0, 0, List.of()),
            new Frame.MoveBegin("other", "pod-a", 1, SlotSet.of(1), 1, 1, 1))) {
      begin(new Wire(), first);
    }
    assertThat(counted(Reason.OTHER_CLUSTER)).isEqualTo(3);
  }

  @Test
  void linksForThePodThatHadThisAddressBeforeAreClosed() {
    for (Frame first :
        List.of(
            new Frame.OperatorHello("uid", "pod-z"),
            new Frame.Follow("uid", "pod-z", 0, 1, b.id(), 0, 0, List.of()),
            new Frame.MoveBegin("uid", "pod-z", 1, SlotSet.of(1), 1, 1, 1))) {
      Wire link = begin(new Wire(), first);
      assertThat(link.sent).as("%s", first).isEmpty();
    }
    assertThat(counted(Reason.OTHER_NODE)).isEqualTo(3);
  }

  @Test
  void aNodesCertificateCannotSpeakAsAnOperator() {
    begin(new Wire(PeerRole.NODE), new Frame.OperatorHello("uid", "pod-a"));
    assertThat(counted(Reason.OTHER_ROLE)).isEqualTo(1);
  }

  @Test
  void anOperatorsCertificateCannotSpeakAsANode() {
    for (Frame first :
        List.of(
            new Frame.Follow("uid", "pod-a", 0, 1, b.id(), 0, 0, List.of()),
            new Frame.MoveBegin("uid", "pod-a", 1, SlotSet.of(1), 1, 1, 1))) {
      begin(new Wire(PeerRole.OPERATOR), first);
    }
    assertThat(counted(Reason.OTHER_ROLE)).isEqualTo(2);
  }

  @Test
  void aTopologyOfAnotherClusterIsNotInstalled() {
    Topology ours = world.topology();
    Topology theirs =
        new Topology(
            "other",
            9,
            99,
            1,
            Durability.ASYNC,
            ours.nodes(),
            ours.shards(),
            ours.slots(),
            List.of(),
            1);
    a.lane.accept(wire).frame(new Frame.TopologyPush(theirs));
    assertThat(a.lane.report().version()).isEqualTo(ours.version());
    assertThat(counted(Reason.OTHER_CLUSTER)).isEqualTo(1);
  }

  @Test
  void aLateRequestToFollowAnOlderEpochDoesNotTouchTheLinkThatIsThere() {
    int links = a.links();
    NodeId follower = b.id();
    begin(wire, new Frame.Follow("uid", "pod-a", 0, 0, follower, 0, 0, List.of()));
    world.settle();
    assertThat(a.links()).isEqualTo(links);
    assertThat(counted(Reason.OTHER_EPOCH)).isEqualTo(1);
  }

  @Test
  void aFollowerOfAnotherShardIsTurnedAway() {
    a.lane
        .accept(wire)
        .frame(new Frame.Follow("uid", "pod-a", 7, 1, new NodeId("x", "1"), 0, 0, List.of()));
    assertThat(wire.closed).isTrue();
    assertThat(counted(Reason.OTHER_SHARD)).isEqualTo(1);
  }

  @Test
  void aFollowerOfAnOlderEpochIsToldTheTopology() {
    a.lane.accept(wire).frame(new Frame.Follow("uid", "pod-a", 0, 0, b.id(), 0, 0, List.of()));
    assertThat(wire.sent)
        .containsExactly(new Frame.TopologyPush(world.topology()), new Frame.Nack(0, 1, a.id()));
    assertThat(counted(Reason.OTHER_EPOCH)).isEqualTo(1);
  }

  @Test
  void anAckOfAnotherEpochCommitsNothing() {
    PeerHandler link = a.lane.accept(wire);
    link.frame(new Frame.Follow("uid", "pod-a", 0, 1, b.id(), 0, 0, List.of()));
    link.frame(new Frame.Ack(7, b.id(), Long.MAX_VALUE, world.nanos()));
    assertThat(a.lane.report().commitLsn()).isZero();
    assertThat(counted(Reason.OTHER_EPOCH)).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitItsLinkClosesIt() {
    a.lane.accept(wire).frame(new Frame.MoveEnd(1, 1));
    assertThat(wire.closed).isTrue();
    assertThat(counted(Reason.UNEXPECTED)).isEqualTo(1);
  }

  @Test
  void framesOfStrangersInAnyOrderHarmNothing() {
    long seed = 20261124;
    Random random = new Random(seed);
    World.Client client = a.client();
    assertThat(client.send("SET", "k", "v")).isEqualTo("+OK\r\n");
    for (int round = 0; round < 3000; round++) {
      PeerHandler link = (random.nextBoolean() ? a : b).lane.accept(new Wire());
      for (int i = random.nextInt(6); i >= 0; i--) {
        link.frame(anyFrame(random));
      }
      link.closed();
      if (round % 100 == 0) {
        world.run(10);
      }
    }
    world.run(2000);
    assertThat(client.send("GET", "k")).as("seed %d", seed).isEqualTo("$1\r\nv\r\n");
    assertThat(world.topology().shard(0).orElseThrow().inSync())
        .as("seed %d", seed)
        .containsExactly(a.id(), b.id());
  }

  /** Frames that a confused stranger may send; none names a node of the cluster. */
  private static Frame anyFrame(Random random) {
    String pod = random.nextBoolean() ? "pod-a" : "pod-b";
    NodeId stranger = new NodeId("x", Integer.toString(random.nextInt(3)));
    long epoch = random.nextInt(2);
    long lsn = random.nextInt(100);
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
    return switch (random.nextInt(12)) {
      case 0 -> new Frame.OperatorHello("uid", pod);
      case 1 ->
          new Frame.Follow("uid", pod, random.nextInt(2), epoch, stranger, lsn, lsn, List.of());
      case 2 -> new Frame.Resume(epoch, lsn, List.of());
      case 3 -> new Frame.SnapshotChunk(epoch, bytes);
      case 4 -> new Frame.SnapshotEnd(epoch, lsn);
      case 5 -> new Frame.Append(epoch, lsn, lsn, lsn, bytes);
      case 6 -> new Frame.Ack(epoch, stranger, lsn, lsn);
      case 7 -> new Frame.MoveBegin("uid", pod, lsn, SlotSet.of(1), epoch, epoch, 1);
      case 8 -> new Frame.MoveData(lsn, 1, bytes);
      case 9 -> new Frame.CaughtUp(lsn, epoch, epoch, 1);
      case 10 -> new Frame.Switchover(random.nextInt(2), epoch, stranger);
      default -> new Frame.Leave(epoch, stranger);
    };
  }

  private long counted(Reason reason) {
    return a.lane.refusedFrames().total(reason);
  }
}
