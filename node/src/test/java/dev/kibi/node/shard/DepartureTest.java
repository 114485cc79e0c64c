package dev.kibi.node.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.shard.Departure.Duty;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepartureTest {

  private static final NodeId SELF = new NodeId("a", "1");
  private static final NodeId OTHER = new NodeId("b", "1");
  private static final long DEADLINE = 10_000_000_000L;

  private final Timers timers = Timers.scaledBy(1);
  private final Departure departure = new Departure(SELF, timers);

  @Test
  void aNodeThatStaysHasNoDuty() {
    assertThat(departure.next(NodeRole.MASTER, both(SELF), true, DEADLINE)).isEqualTo(Duty.NONE);
    assertThat(departure.isLeaving()).isFalse();
  }

  @Test
  void aMasterHandsOverThenTellsItsClientsThenExits() {
    departure.begin(DEADLINE);
    assertThat(departure.next(NodeRole.MASTER, both(SELF), true, 1)).isEqualTo(Duty.HAND_OVER);
    Optional<Shard> after = only(OTHER);
    assertThat(departure.next(NodeRole.LEARNER, after, true, 2)).isEqualTo(Duty.PART);
    long over = 3 + 20 * timers.heartbeat();
    assertThat(departure.next(NodeRole.LEARNER, after, true, over)).isEqualTo(Duty.EXIT);
  }

  @Test
  void aFollowerAsksItsMasterAndExitsWhenNoClientIsLeft() {
    departure.begin(DEADLINE);
    assertThat(departure.next(NodeRole.FOLLOWER, both(OTHER), true, 1)).isEqualTo(Duty.ASK_MASTER);
    assertThat(departure.next(NodeRole.LEARNER, only(OTHER), false, 2)).isEqualTo(Duty.EXIT);
    assertThat(departure.next(NodeRole.LEARNER, only(OTHER), true, 3)).isEqualTo(Duty.EXIT);
  }

  @Test
  void aLoneMasterAndANodeWithoutAShardExitAtOnce() {
    departure.begin(DEADLINE);
    assertThat(departure.next(NodeRole.MASTER, only(SELF), true, 1)).isEqualTo(Duty.EXIT);
    Departure homeless = new Departure(SELF, timers);
    homeless.begin(DEADLINE);
    assertThat(homeless.next(NodeRole.JOINING, Optional.empty(), false, 1)).isEqualTo(Duty.EXIT);
  }

  @Test
  void theDeadlineEndsEverything() {
    departure.begin(DEADLINE);
    assertThat(departure.next(NodeRole.MASTER, both(SELF), true, DEADLINE)).isEqualTo(Duty.EXIT);
  }

  private static Optional<Shard> both(NodeId master) {
    return Optional.of(new Shard(0, 1, master, false, List.of(SELF, OTHER), List.of(), List.of()));
  }

  private static Optional<Shard> only(NodeId master) {
    return Optional.of(new Shard(0, 1, master, false, List.of(master), List.of(), List.of()));
  }
}
