package dev.kibi.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GenerationsTest {
  private static final NodeId A = new NodeId("a", "1");
  private static final NodeId B = new NodeId("b", "1");
  private static final NodeId C = new NodeId("c", "1");

  private final Generations generations = new Generations();

  @Test
  void aShardMayBeOpenedAnewWhenAllWhoCouldBeElectedWereKilled() {
    generations.saw(
        topology(1, 1, new Shard(0, 1, A, false, List.of(A, B), List.of(), List.of(C))));
    generations.saw(topology(2, 2, new Shard(0, 2, C, false, List.of(C), List.of(), List.of())));
    Generations.Verdict verdict = generations.verdict(Set.of(A, B));
    assertThat(verdict.unjustified()).isEmpty();
    assertThat(verdict.reopened()).containsExactly(0);
  }

  @Test
  void aShardThatIsOpenedAnewBesideACopyThatCouldBeElectedIsReportedOnce() {
    generations.saw(topology(1, 1, new Shard(0, 1, A, false, List.of(A), List.of(B), List.of(C))));
    generations.saw(topology(2, 2, new Shard(0, 2, C, false, List.of(C), List.of(), List.of(B))));
    assertThat(generations.verdict(Set.of(A)).unjustified())
        .containsExactly(
            "c/1 was made master anew (expected: one of [b/1], who could be elected and was not"
                + " killed)");
    assertThat(generations.verdict(Set.of(A)).unjustified()).isEmpty();
  }

  @Test
  void anElectionIsNoNewGenerationWhoeverLives() {
    generations.saw(topology(1, 1, new Shard(0, 1, A, false, List.of(A, B), List.of(), List.of())));
    generations.saw(topology(2, 1, new Shard(0, 2, B, false, List.of(B), List.of(A), List.of())));
    assertThat(generations.verdict(Set.of()).unjustified()).isEmpty();
  }

  @Test
  void versionsThatComeTwiceOrLateChangeNothing() {
    Topology first = topology(1, 1, new Shard(0, 1, A, false, List.of(A), List.of(), List.of(C)));
    generations.saw(topology(2, 2, new Shard(0, 2, C, false, List.of(C), List.of(), List.of())));
    generations.saw(first);
    assertThat(generations.verdict(Set.of()).unjustified()).isEmpty();
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
