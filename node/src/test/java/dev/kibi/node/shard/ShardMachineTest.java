package dev.kibi.node.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One node, B, and what it is told; times are in ms here. */
class ShardMachineTest {

  private static final NodeId A = new NodeId("a", "1");
  private static final NodeId B = new NodeId("b", "1");
  private static final NodeId C = new NodeId("c", "1");
  private static final List<NodeId> NOBODY = List.of();

  private final ShardMachine machine = new ShardMachine(B, Timers.scaledBy(1));

  @Test
  void aFreshProcessIsNothingUntilATopologyNamesIt() {
    install(1, shard(1, A, List.of(A), NOBODY, List.of(C)), 0);
    assertThat(machine.role()).isEqualTo(NodeRole.JOINING);
    assertThat(machine.servesUntil()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aWinnerOpensWhenTheLeaseItGrantedHasRunOut() {
    follower(1000);
    install(3, shard(2, B, List.of(B), NOBODY, List.of(A)), 1010);
    assertThat(machine.role()).isEqualTo(NodeRole.OPENING);
    assertThat(step(new ShardEvent.Tick(), 1252)).doesNotContain(new ShardEffect.Open());
    assertThat(step(new ShardEvent.Tick(), 1253)).contains(new ShardEffect.Open());
  }

  @Test
  void aHandoverOpensAtOnceBecauseTheOlderMasterHasStopped() {
    follower(1000);
    List<ShardEffect> effects =
        install(3, new Shard(0, 2, B, true, List.of(B, A), NOBODY, NOBODY), 1001);
    assertThat(effects).contains(new ShardEffect.Open());
  }

  @Test
  void theProofThatTheMasterIsDeadEndsTheWaitForItsLease() {
    follower(1000);
    install(3, shard(2, B, List.of(B), NOBODY, NOBODY), 1010); // nothing names A any more
    assertThat(machine.role()).isEqualTo(NodeRole.MASTER);
  }

  @Test
  void theProofMayComeWhileTheWinnerWaits() {
    follower(1000);
    install(3, shard(2, B, List.of(B), NOBODY, List.of(A)), 1010);
    List<ShardEffect> effects = install(4, shard(2, B, List.of(B), NOBODY, NOBODY), 1050);
    assertThat(effects).contains(new ShardEffect.Open());
  }

  @Test
  void thatTheLastMasterIsDeadSaysNothingOfTheOneBefore() {
    follower(1000); // A holds a lease until 1252
    install(3, shard(2, C, List.of(C, B), NOBODY, List.of(A)), 1010);
    step(new ShardEvent.MasterHeard(2, 0, 0), 1020);
    install(4, shard(3, B, List.of(B), NOBODY, List.of(A)), 1030); // C is proven dead, A is not
    assertThat(step(new ShardEvent.Tick(), 1252)).doesNotContain(new ShardEffect.Open());
    assertThat(step(new ShardEvent.Tick(), 1253)).contains(new ShardEffect.Open());
  }

  @Test
  void afterAnUncleanRecoveryAFullLeaseIsWaitedForWhateverIsProven() {
    follower(1000);
    Topology before = topology(2, 1, shard(1, A, List.of(A, B), NOBODY, NOBODY));
    Topology after = topology(3, 2, shard(2, B, List.of(B), NOBODY, NOBODY));
    assertThat(before.version()).isLessThan(after.version());
    step(new ShardEvent.Installed(after), 1100);
    assertThat(step(new ShardEvent.Tick(), 1352)).doesNotContain(new ShardEffect.Open());
    assertThat(step(new ShardEvent.Tick(), 1353)).contains(new ShardEffect.Open());
  }

  @Test
  void aReplicaBidsForItselfWhenItsDelayAfterTheSuspicionIsOver() {
    follower(1000);
    step(new ShardEvent.MasterRefused(1), 1003);
    assertThat(machine.suspects()).containsExactly(A);
    assertThat(wanted(1252)).isEmpty();
    assertThat(wanted(1253)).containsExactly(new TopologyChange.Elect(0, 1, B, false));
  }

  @Test
  void aLaterRankWaitsLonger() {
    install(1, shard(1, A, List.of(A, C, B), NOBODY, NOBODY), 0);
    step(new ShardEvent.MasterHeard(1, 0, 0), 1000);
    step(new ShardEvent.MasterRefused(1), 1003);
    assertThat(wanted(1302)).isEmpty();
    assertThat(wanted(1303)).hasSize(1);
  }

  @Test
  void silenceIsSuspectedAfterTheGraceTimeAndForgivenWhenTheMasterSpeaks() {
    follower(1000);
    step(new ShardEvent.Tick(), 1400);
    assertThat(machine.suspects()).isEmpty();
    step(new ShardEvent.Tick(), 1401);
    assertThat(machine.suspects()).containsExactly(A);
    step(new ShardEvent.MasterHeard(1, 0, 0), 1500);
    assertThat(machine.suspects()).isEmpty();
    assertThat(wanted(1700)).isEmpty();
  }

  @Test
  void aLearnerNeverBids() {
    install(1, shard(1, A, List.of(A), NOBODY, List.of(B)), 0);
    step(new ShardEvent.MasterRefused(1), 3);
    assertThat(wanted(10_000)).isEmpty();
  }

  @Test
  void anotherLifeOfTheMastersPodProvesItDead() {
    follower(1000);
    step(new ShardEvent.Nacked(0, new NodeId("a", "2")), 1100);
    assertThat(wanted(1350)).containsExactly(new TopologyChange.Elect(0, 1, B, true));
    Topology next = wanted(1350).getFirst().applyTo(machine.topology().orElseThrow()).orElseThrow();
    assertThat(next.shard(0).orElseThrow().members()).containsExactly(B, C);
    step(new ShardEvent.Installed(next), 1351);
    assertThat(machine.role()).isEqualTo(NodeRole.MASTER);
  }

  @Test
  void anElectionIsWorkedOutAnewOnEachVersion() {
    follower(1000);
    TopologyChange bid = new TopologyChange.Elect(0, 1, B, false);
    Topology without = topology(3, 1, shard(1, A, List.of(A), NOBODY, List.of(B)));
    Topology elected = topology(3, 1, shard(2, C, List.of(C, B), NOBODY, List.of(A)));
    assertThat(bid.applyTo(without)).isEmpty();
    assertThat(bid.applyTo(elected)).isEmpty();
  }

  @Test
  void underRequiredTheOldMasterStaysElectableWhereTooFewCopiesAreLeft() {
    Topology two =
        topology(2, 1, shard(1, A, List.of(A, B), NOBODY, NOBODY))
            .withDurability(Durability.REQUIRED);
    Shard next =
        new TopologyChange.Elect(0, 1, B, false)
            .applyTo(two)
            .flatMap(t -> t.shard(0))
            .orElseThrow();
    assertThat(next.electable()).containsExactly(A);
    assertThat(next.inSync()).containsExactly(B);
  }

  @Test
  void aMasterThatHearsOfANewerEpochServesNoMoreAndLooksForIt() {
    master();
    assertThat(machine.servesUntil()).isPositive();
    assertThat(step(new ShardEvent.Nacked(9, C), 2000)).contains(new ShardEffect.Refresh());
    assertThat(machine.servesUntil()).isEqualTo(Long.MIN_VALUE);
    assertThat(step(new ShardEvent.Tick(), 2300)).contains(new ShardEffect.Refresh());
  }

  @Test
  void aLoneMasterServesForFiveSecondsAfterItsLastContact() {
    install(1, shard(1, B, List.of(B), NOBODY, NOBODY), 1000);
    step(new ShardEvent.AuthoritySeen(), 2000);
    assertThat(machine.servesUntil()).isEqualTo(ms(7000));
    assertThat(step(new ShardEvent.Tick(), 3999)).isEmpty();
    assertThat(step(new ShardEvent.Tick(), 4000)).containsExactly(new ShardEffect.Refresh());
  }

  @Test
  void aRefusedFollowerIsTakenOutAtOnce() {
    master();
    step(new ShardEvent.FollowerUnlinked(A), 2000);
    step(new ShardEvent.FollowerRefused(A), 2001);
    assertThat(wanted(2001)).containsExactly(new TopologyChange.RemoveInSync(0, 2, A));
  }

  @Test
  void aFollowerThatAnswersButGetsNoFurtherIsTakenOut() {
    master();
    step(new ShardEvent.Appended(500), 2000);
    step(new ShardEvent.Acked(A, 2, 300, ms(2100)), 2101);
    step(new ShardEvent.Acked(A, 2, 300, ms(2400)), 2401);
    assertThat(wanted(2401)).isEmpty();
    step(new ShardEvent.Acked(A, 2, 300, ms(2401)), 2402);
    assertThat(wanted(2402)).containsExactly(new TopologyChange.RemoveInSync(0, 2, A));
    step(new ShardEvent.Acked(A, 2, 500, ms(2402)), 2403);
    assertThat(wanted(2403)).isEmpty();
    step(new ShardEvent.Acked(A, 2, 500, ms(9000)), 9001);
    assertThat(wanted(9001)).as("it has everything").isEmpty();
  }

  @Test
  void aCopyThatMayHaveBeenPutInSyncKeepsWhatItHas() {
    leadsWithLearner();
    List<TopologyChange> wanted = wanted(2003);
    assertThat(wanted).containsExactly(new TopologyChange.AddInSync(0, 2, A));
    step(new ShardEvent.ChangesSent(wanted), 2004);
    step(new ShardEvent.FollowerUnlinked(A), 2005);
    ShardEvent again = new ShardEvent.FollowRequested(A, 2, 0, 0, false);
    assertThat(step(again, 2006)).contains(new ShardEffect.RefuseFollower(A));
    step(new ShardEvent.ChangesRefused(), 2007);
    assertThat(step(again, 2008)).contains(new ShardEffect.SnapshotFollower(A));
  }

  @Test
  void aCopyThatIsMadeAnewCountsForNothingBeforeItIsWhole() {
    leadsWithLearner();
    step(new ShardEvent.FollowerUnlinked(A), 2003);
    step(new ShardEvent.FollowRequested(A, 2, 0, 0, false), 2003);
    step(new ShardEvent.Acked(A, 2, 0, ms(2004)), 2005);
    assertThat(wanted(2005)).isEmpty();
    step(new ShardEvent.SnapshotSent(A), 2006);
    step(new ShardEvent.Acked(A, 2, 0, ms(2007)), 2008);
    assertThat(wanted(2008)).containsExactly(new TopologyChange.AddInSync(0, 2, A));
  }

  @Test
  void anOlderVersionIsNeverInstalled() {
    follower(1000);
    assertThatThrownBy(() -> install(2, shard(1, A, List.of(A, B), NOBODY, NOBODY), 1001))
        .isInstanceOf(InvariantException.class)
        .hasMessageStartingWith("invariant 1: version: 2");
  }

  @Test
  void anOlderEpochIsNeverInstalled() {
    follower(1000);
    assertThatThrownBy(() -> install(3, shard(0, A, List.of(A, B), NOBODY, NOBODY), 1001))
        .hasMessageStartingWith("invariant 1: epoch: 0");
  }

  @Test
  void anEpochHasOneMaster() {
    follower(1000);
    assertThatThrownBy(() -> install(3, shard(1, C, List.of(C, B), NOBODY, NOBODY), 1001))
        .hasMessageStartingWith("invariant 2: master of epoch 1");
  }

  @Test
  void aLearnerThatIsMadeMasterBreaksAnInvariant() {
    install(2, shard(1, A, List.of(A), NOBODY, List.of(B)), 0);
    assertThatThrownBy(() -> install(3, shard(2, B, List.of(B), NOBODY, List.of(A)), 1001))
        .hasMessageStartingWith("invariant 4: master of epoch 2");
  }

  @Test
  void aHandoverThatTheAuthorityRefusesIsGivenUp() {
    master();
    step(new ShardEvent.SwitchoverAsked(A, false), 2000);
    List<TopologyChange> wanted = wanted(2000);
    assertThat(wanted).containsExactly(new TopologyChange.HandOver(0, 2, B, A, false));
    step(new ShardEvent.ChangesSent(wanted), 2001);
    step(new ShardEvent.Tick(), 2252);
    assertThat(machine.isHandingOver()).isTrue();
    step(new ShardEvent.ChangesRefused(), 2253);
    assertThat(machine.isHandingOver()).isFalse();
  }

  @Test
  void aMessageOfAnOlderEpochIsTakenFromNobody() {
    follower(1000);
    install(3, shard(2, C, List.of(C, B), NOBODY, NOBODY), 1010);
    assertThatThrownBy(() -> step(new ShardEvent.MasterHeard(1, 0, 0), 1020))
        .hasMessageStartingWith("invariant 6: message of epoch 1");
  }

  @Test
  void aFreshProcessNeverLeadsWhereOthersHaveTheData() {
    assertThatThrownBy(() -> install(3, shard(2, B, List.of(B, A), NOBODY, NOBODY), 0))
        .hasMessageStartingWith("invariant 7: fresh node b/1");
  }

  @Test
  void afterABrokenInvariantNothingIsServedAnyMore() {
    master();
    assertThatThrownBy(() -> install(1, shard(1, A, List.of(A, B), NOBODY, NOBODY), 2000))
        .isInstanceOf(InvariantException.class);
    assertThat(machine.isBroken()).isTrue();
    assertThat(machine.servesUntil()).isEqualTo(Long.MIN_VALUE);
    assertThat(step(new ShardEvent.Tick(), 2001)).isEmpty();
    assertThat(wanted(100_000)).isEmpty();
  }

  /**
   * B follows A in epoch 1, with A in sync and C a learner, and granted its last lease at {@code
   * ms}.
   */
  private void follower(long ms) {
    install(2, shard(1, A, List.of(A, B), NOBODY, List.of(C)), 0);
    step(new ShardEvent.MasterHeard(1, 0, 0), ms);
  }

  /** B leads in epoch 2, with A in sync and just heard. */
  private void master() {
    follower(1000);
    install(3, new Shard(0, 2, B, true, List.of(B, A), NOBODY, NOBODY), 1010);
    step(new ShardEvent.FollowRequested(A, 2, 0, 0, true), 1990);
    step(new ShardEvent.Acked(A, 2, 0, ms(1995)), 1999);
  }

  /** B leads alone in epoch 2, with the learner A close enough to be put in sync. */
  private void leadsWithLearner() {
    follower(1000);
    install(3, new Shard(0, 2, B, true, List.of(B), NOBODY, List.of(A)), 1010);
    step(new ShardEvent.FollowRequested(A, 2, 0, 0, true), 2000);
    step(new ShardEvent.Acked(A, 2, 0, ms(2001)), 2002);
  }

  private List<ShardEffect> install(long version, Shard shard, long atMs) {
    return step(new ShardEvent.Installed(topology(version, 1, shard)), atMs);
  }

  private List<ShardEffect> step(ShardEvent event, long atMs) {
    return machine.step(event, ms(atMs));
  }

  private List<TopologyChange> wanted(long atMs) {
    return machine.wanted(ms(atMs));
  }

  private static long ms(long ms) {
    return ms * 1_000_000;
  }

  private static Shard shard(
      long epoch,
      NodeId master,
      List<NodeId> inSync,
      List<NodeId> electable,
      List<NodeId> learners) {
    return new Shard(0, epoch, master, false, inSync, electable, learners);
  }

  private static Topology topology(long version, long generation, Shard shard) {
    return new Topology(
        "uid",
        generation,
        version,
        1,
        Durability.PREFERRED,
        Stream.of(A, B, C).map(id -> new NodeInfo(id, id.podUid(), "", id.podUid())).toList(),
        List.of(shard),
        SlotMap.of(Map.of(0, SlotSet.ALL)),
        List.of(),
        1);
  }
}
