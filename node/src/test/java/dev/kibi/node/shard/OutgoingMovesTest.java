package dev.kibi.node.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingMovesTest {

  private static final NodeId SELF = new NodeId("a", "1");
  private static final NodeId OTHER = new NodeId("b", "1");
  private static final long LOG_END = 1000;

  private final OutgoingMoves moves = new OutgoingMoves(100, 10);
  private final Topology planned =
      new Topology(
              "uid",
              1,
              1,
              1,
              Durability.PREFERRED,
              List.of(new NodeInfo(SELF, "a", "", "a"), new NodeInfo(OTHER, "b", "", "b")),
              List.of(Shard.bootstrap(0, SELF, List.of()), Shard.bootstrap(1, OTHER, List.of())),
              SlotMap.of(Map.of(0, SlotSet.parse("0-511"), 1, SlotSet.parse("512-1023"))),
              List.of(),
              1)
          .withPlanned(List.of(new SlotMove(0, SlotSet.of(7), 0, 1, 1, 1)));
  private final SlotMove move = planned.moves().getFirst();

  @Test
  void aPlannedSlotIsFencedAndCopiedOnceWhatWasWrittenIsCommitted() {
    assertThat(install(planned)).containsExactly(new MoveEffect.Fence(SlotSet.of(7)));
    assertThat(step(new MoveEvent.Committed(1, LOG_END - 1), 1)).isEmpty();
    assertThat(step(new MoveEvent.Committed(1, LOG_END), 2))
        .containsExactly(new MoveEffect.Copy(move, 1));
  }

  @Test
  void aCommitOfAnEarlierMastershipCountsForNothing() {
    step(new MoveEvent.Committed(0, LOG_END), 0);
    assertThat(install(planned)).containsExactly(new MoveEffect.Fence(SlotSet.of(7)));
    assertThat(step(new MoveEvent.Committed(1, LOG_END), 2))
        .containsExactly(new MoveEffect.Copy(move, 1));
  }

  @Test
  void aSlotOfAShardWithoutAnyWriteIsCopiedAtOnce() {
    assertThat(moves.step(new MoveEvent.Installed(planned, SELF, true), 0, 0))
        .containsExactly(new MoveEffect.Fence(SlotSet.of(7)), new MoveEffect.Copy(move, 1));
  }

  @Test
  void aCaughtUpMoveIsToBeCommittedAndItsEndIsTheTopologyWithoutIt() {
    copying();
    step(new MoveEvent.CaughtUp(1, 1, 1, 1), 3);
    assertThat(moves.wanted()).containsExactly(new TopologyChange.CommitMove(move));
    Topology done = moves.wanted().getFirst().applyTo(planned).orElseThrow();
    assertThat(install(done))
        .containsExactly(new MoveEffect.StopCopy(1), new MoveEffect.Unfence(SlotSet.of(7)));
    assertThat(moves.size()).isZero();
  }

  @Test
  void anAnswerToAnEarlierAttemptOrAnotherEpochCountsForNothing() {
    copying();
    step(new MoveEvent.Failed(1, 1), 3);
    step(new MoveEvent.Tick(), 20);
    step(new MoveEvent.Committed(1, LOG_END), 21);
    step(new MoveEvent.CaughtUp(1, 1, 1, 1), 22);
    assertThat(moves.wanted()).isEmpty();
    step(new MoveEvent.CaughtUp(1, 1, 2, 2), 22);
    assertThat(moves.wanted()).isEmpty();
    step(new MoveEvent.CaughtUp(1, 1, 1, 2), 22);
    assertThat(moves.wanted()).hasSize(1);
  }

  @Test
  void aFailedAttemptServesTheSlotForAWhileAndBeginsAgain() {
    copying();
    assertThat(step(new MoveEvent.Failed(1, 1), 3))
        .containsExactly(new MoveEffect.StopCopy(1), new MoveEffect.Unfence(SlotSet.of(7)));
    assertThat(step(new MoveEvent.Tick(), 5)).isEmpty();
    assertThat(step(new MoveEvent.Tick(), 14))
        .containsExactly(new MoveEffect.Fence(SlotSet.of(7)), new MoveEffect.Copy(move, 2));
  }

  @Test
  void anAttemptThatTakesTooLongIsGivenUp() {
    copying();
    assertThat(step(new MoveEvent.Tick(), 103)).contains(new MoveEffect.Unfence(SlotSet.of(7)));
  }

  @Test
  void onceTheCommitIsSentOnlyANewerVersionEndsTheFence() {
    copying();
    step(new MoveEvent.CaughtUp(1, 1, 1, 1), 3);
    step(new MoveEvent.ChangesSent(moves.wanted()), 4);
    assertThat(step(new MoveEvent.Failed(1, 1), 5)).isEmpty();
    assertThat(step(new MoveEvent.Tick(), 1_000)).isEmpty();
    assertThat(moves.wanted()).isEmpty();
    assertThat(install(planned.withDurability(Durability.ASYNC))).isEmpty();
    assertThat(moves.wanted()).hasSize(1);
  }

  @Test
  void aCancelledMoveOrANewTargetEpochEndsIt() {
    copying();
    assertThat(install(planned.withCancelled(planned.moves())))
        .contains(new MoveEffect.Unfence(SlotSet.of(7)));
    assertThat(moves.size()).isZero();
    Topology reelected =
        planned.withShard(
            1, s -> new Shard(1, 2, OTHER, false, List.of(OTHER), List.of(), List.of()));
    assertThat(install(reelected)).isEmpty();
  }

  @Test
  void aCommitIsGuardedByBothEpochsAndTheMove() {
    TopologyChange commit = new TopologyChange.CommitMove(move);
    assertThat(commit.applyTo(planned)).isPresent();
    assertThat(commit.applyTo(planned.withCancelled(planned.moves()))).isEmpty();
    for (int shard = 0; shard < 2; shard++) {
      Topology later =
          planned.withShard(
              shard,
              s -> new Shard(s.id(), 2, s.master(), false, s.inSync(), List.of(), List.of()));
      assertThat(commit.applyTo(later)).isEmpty();
    }
  }

  private void copying() {
    install(planned);
    step(new MoveEvent.Committed(1, LOG_END), 2);
  }

  private List<MoveEffect> install(Topology topology) {
    return step(new MoveEvent.Installed(topology, SELF, true), 1);
  }

  private List<MoveEffect> step(MoveEvent event, long now) {
    return moves.step(event, LOG_END, now);
  }
}
