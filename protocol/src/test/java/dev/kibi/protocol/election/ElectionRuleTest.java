package dev.kibi.protocol.election;

import static dev.kibi.protocol.topology.Topologies.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ElectionRuleTest {

  private final Shard shard =
      new Shard(
          0,
          4,
          node("a"),
          false,
          List.of(node("a"), node("b"), node("c")),
          List.of(node("e")),
          List.of(node("l")));

  @Test
  void theLongestPromotableLogWins() {
    assertThat(winner(suspects("a"), candidate("b", 900), candidate("c", 950)))
        .isEqualTo(node("c"));
  }

  @Test
  void aHigherEpochBeatsALongerLog() {
    assertThat(
            winner(
                suspects("a"),
                new Candidate(node("b"), 5, 10, 0),
                new Candidate(node("c"), 4, 999, 0)))
        .isEqualTo(node("b"));
  }

  @Test
  void aTieGoesToTheZoneWithFewerMastersThenToTheLowerId() {
    assertThat(
            winner(
                suspects("a"),
                new Candidate(node("b"), 4, 9, 2),
                new Candidate(node("c"), 4, 9, 1)))
        .isEqualTo(node("c"));
    assertThat(winner(suspects("a"), candidate("c", 9), candidate("b", 9))).isEqualTo(node("b"));
  }

  @Test
  void aLearnerOrASuspectNeverWins() {
    assertThat(
            ElectionRule.winner(
                shard, suspects("a", "b"), List.of(candidate("l", 999), candidate("b", 999))))
        .isEmpty();
  }

  @Test
  void anElectableNodeMayWin() {
    assertThat(winner(suspects("a"), candidate("e", 5))).isEqualTo(node("e"));
  }

  @Test
  void theOldMasterLeavesTheInSyncSetAndTheSurvivorsStay() {
    Shard next =
        ElectionRule.elected(shard, node("c"), suspects("a"), suspects(), Durability.PREFERRED);
    assertThat(next.epoch()).isEqualTo(5);
    assertThat(next.master()).isEqualTo(node("c"));
    assertThat(next.inSync()).containsExactly(node("c"), node("b"));
    assertThat(next.electable()).isEmpty();
    assertThat(next.learners()).containsExactly(node("a"), node("e"), node("l"));
  }

  @Test
  void underRequiredTheOnesTakenOutStayElectableWhileOneCopyIsLeft() {
    Shard next =
        ElectionRule.elected(
            shard, node("c"), suspects("a", "b"), suspects("b"), Durability.REQUIRED);
    assertThat(next.inSync()).containsExactly(node("c"));
    assertThat(next.electable()).containsExactly(node("a"), node("e"));
    assertThat(next.learners()).containsExactly(node("l"));
    Shard enough =
        ElectionRule.elected(shard, node("c"), suspects("a"), suspects(), Durability.REQUIRED);
    assertThat(enough.electable()).isEmpty();
  }

  @Test
  void whoIsProvenDeadIsNoMemberAnyMore() {
    Shard next =
        ElectionRule.elected(shard, node("c"), suspects("a"), suspects("a"), Durability.PREFERRED);
    assertThat(next.isMember(node("a"))).isFalse();
  }

  @Test
  void anUncleanRecoveryTakesTheBestLiveCopy() {
    assertThat(ElectionRule.bestCopy(List.of(candidate("l", 5), candidate("b", 9))))
        .contains(node("b"));
    assertThat(ElectionRule.bestCopy(List.of())).isEmpty();
  }

  private NodeId winner(SortedSet<NodeId> suspects, Candidate... candidates) {
    return ElectionRule.winner(shard, suspects, List.of(candidates)).orElseThrow();
  }

  private static Candidate candidate(String name, long lsn) {
    return new Candidate(node(name), 4, lsn, 0);
  }

  private static SortedSet<NodeId> suspects(String... names) {
    SortedSet<NodeId> suspects = new TreeSet<>();
    Arrays.stream(names).forEach(name -> suspects.add(node(name)));
    return suspects;
  }
}
