package dev.kibi.node.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchoverTest {

  private static final NodeId SELF = new NodeId("a", "1");
  private static final NodeId TARGET = new NodeId("b", "1");
  private static final Shard SHARD =
      new Shard(0, 4, SELF, false, List.of(SELF, TARGET), List.of(), List.of());
  private static final TopologyChange HAND_OVER =
      new TopologyChange.HandOver(0, 4, SELF, TARGET, false);

  private final Timers timers = Timers.scaledBy(1);
  private final Switchover switchover = new Switchover(SELF, timers);

  @Test
  void clientsAreParkedFromTheRequestOnAndTheChangeIsWantedOnceDrained() {
    switchover.ask(TARGET, false, 0);
    assertThat(switchover.parks()).isTrue();
    switchover.advance(true, false, 1);
    assertThat(wanted()).isEmpty();
    switchover.advance(true, true, 2);
    assertThat(wanted()).contains(HAND_OVER);
    switchover.advance(true, false, 3);
    assertThat(wanted()).isEmpty();
  }

  @Test
  void beforeTheChangeIsSentALostTargetOrALongDrainEndsIt() {
    switchover.ask(TARGET, false, 0);
    switchover.advance(false, true, 1);
    assertThat(switchover.parks()).isFalse();
    Switchover slow = new Switchover(SELF, timers);
    slow.ask(TARGET, false, 0);
    slow.advance(true, false, timers.lease());
    assertThat(slow.parks()).isTrue();
    slow.advance(true, false, timers.lease() + 1);
    assertThat(slow.parks()).isFalse();
  }

  @Test
  void afterAFailureServingHasARestBeforeTheNextTry() {
    switchover.ask(TARGET, false, 0);
    switchover.advance(false, true, 1);
    switchover.ask(TARGET, false, 2);
    assertThat(switchover.parks()).isFalse();
    switchover.advance(false, false, timers.lease() * 4 + 2);
    switchover.ask(TARGET, false, timers.lease() * 4 + 3);
    assertThat(switchover.parks()).isTrue();
  }

  @Test
  void onceSentNothingButANewerVersionEndsIt() {
    sent();
    switchover.advance(false, false, timers.lease() * 100);
    assertThat(switchover.parks()).isTrue();
    assertThat(wanted()).isEmpty();
    switchover.notMade();
    assertThat(wanted()).contains(HAND_OVER);
  }

  @Test
  void aConflictThatTookTooLongIsNotTriedAgain() {
    sent();
    switchover.notMade();
    switchover.advance(true, true, timers.lease() + 1);
    assertThat(switchover.parks()).isFalse();
  }

  @Test
  void aSecondRequestChangesNothing() {
    switchover.ask(TARGET, false, 0);
    switchover.ask(new NodeId("c", "1"), true, 1);
    assertThat(switchover.target()).contains(TARGET);
  }

  private void sent() {
    switchover.ask(TARGET, false, 0);
    switchover.advance(true, true, 1);
    switchover.changesSent(List.of(HAND_OVER));
  }

  private Optional<TopologyChange> wanted() {
    return switchover.wanted(SHARD);
  }
}
