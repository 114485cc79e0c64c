package dev.kibi.protocol.topology;

import static dev.kibi.protocol.topology.Topologies.info;
import static dev.kibi.protocol.topology.Topologies.node;
import static dev.kibi.protocol.topology.Topologies.twoShards;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyRulesTest {

  private final Topology old = twoShards();

  @Test
  void aFirstTopologyWithOneOwnerPerSlotHolds() {
    assertThat(TopologyRules.check(null, old)).isEmpty();
  }

  @Test
  void anElectionOfAnInSyncNodeHolds() {
    assertThat(TopologyRules.check(old, electing(0, node("b"), 2))).isEmpty();
  }

  @Test
  void aMasterThatWasNotPromotableIsRefusedUnlessTheGenerationRises() {
    Topology next = electing(1, node("d"), 2);
    assertThat(TopologyRules.check(old, next))
        .singleElement()
        .asString()
        .contains("neither in sync");
    assertThat(TopologyRules.check(old, old.nextGeneration(next.nodes(), next.shards()))).isEmpty();
  }

  @Test
  void aNewMasterNeedsAHigherEpoch() {
    assertThat(TopologyRules.check(old, electing(0, node("b"), 1)))
        .singleElement()
        .asString()
        .contains("keeps epoch 1");
  }

  @Test
  void anEpochNeverFalls() {
    Topology later = electing(0, node("b"), 5);
    Topology fallen =
        later.withShard(
            0, s -> new Shard(0, 4, s.master(), false, s.inSync(), List.of(), s.learners()));
    assertThat(TopologyRules.check(later, fallen)).singleElement().asString().contains("epoch 4");
  }

  @Test
  void aVersionFollowsTheOneBefore() {
    Topology skipped = old.withDurability(Durability.ASYNC).withDurability(Durability.ASYNC);
    assertThat(TopologyRules.check(old, skipped)).singleElement().asString().contains("version: 3");
  }

  @Test
  void anotherClusterIsRefused() {
    Topology other =
        new Topology(
            "other",
            1,
            2,
            1,
            old.durability(),
            old.nodes(),
            old.shards(),
            old.slots(),
            old.moves(),
            1);
    assertThat(TopologyRules.check(old, other)).singleElement().asString().contains("clusterUid");
  }

  @Test
  void aMasterThatIsNotInSyncIsRefused() {
    Topology next =
        old.withShard(
            0,
            s ->
                new Shard(
                    0, 2, node("b"), false, List.of(node("a")), List.of(), List.of(node("b"))));
    assertThat(TopologyRules.check(old, next))
        .singleElement()
        .asString()
        .contains("is not in sync");
  }

  @Test
  void aNodeIsNamedOnceAndHasAnAddress() {
    Topology twice = old.withShard(1, s -> s.withMembers(s.inSync(), List.of(node("a"))));
    assertThat(TopologyRules.check(old, twice)).anyMatch(s -> s.contains("named twice"));
    Topology unknown = old.withShard(1, s -> s.withMembers(s.inSync(), List.of(node("x"))));
    assertThat(TopologyRules.check(old, unknown)).singleElement().asString().contains("no address");
  }

  @Test
  void everySlotHasAnOwnerThatExists() {
    Topology hole = withSlots(Map.of(0, SlotSet.parse("0-1022")));
    assertThat(TopologyRules.check(old, hole)).singleElement().asString().contains("no owner");
    Topology stranger = withSlots(Map.of(0, SlotSet.parse("0-1022"), 9, SlotSet.parse("1023")));
    assertThat(TopologyRules.check(old, stranger)).singleElement().asString().contains("owner 9");
  }

  @Test
  void aMoveTakesSlotsFromTheirOwnerAndIsDoneOnce() {
    Topology planned = old.withPlanned(List.of(new SlotMove(0, SlotSet.parse("3-4"), 0, 1, 1, 1)));
    assertThat(TopologyRules.check(old, planned)).isEmpty();
    assertThat(planned.move(1)).isPresent();
    Topology committed = planned.withCommitted(planned.moves());
    assertThat(TopologyRules.check(planned, committed)).isEmpty();
    assertThat(committed.slots().ownerOf(3)).isEqualTo(1);
    assertThat(committed.nextMoveId()).isEqualTo(2);
    Topology wrong = old.withPlanned(List.of(new SlotMove(0, SlotSet.parse("600"), 0, 1, 1, 1)));
    assertThat(TopologyRules.check(old, wrong))
        .singleElement()
        .asString()
        .contains("not all owned");
    Topology twice = planned.withPlanned(List.of(new SlotMove(0, SlotSet.parse("4"), 0, 1, 1, 1)));
    assertThat(TopologyRules.check(planned, twice)).anyMatch(s -> s.contains("another move"));
  }

  @Test
  void aNodeIdIsReadAsItIsWritten() {
    assertThat(NodeId.parse("pod-a/1")).isEqualTo(node("a")).hasToString("pod-a/1");
    assertThat(node("a").isOtherIncarnationOf(NodeId.parse("pod-a/2"))).isTrue();
    assertThat(node("a").isOtherIncarnationOf(node("b"))).isFalse();
    assertThat(info("a").id()).isEqualTo(node("a"));
  }

  private Topology electing(int shard, NodeId winner, long epoch) {
    return old.withShard(
        shard, s -> new Shard(s.id(), epoch, winner, false, List.of(winner), List.of(), List.of()));
  }

  private Topology withSlots(Map<Integer, SlotSet> slots) {
    return new Topology(
        "uid",
        1,
        2,
        1,
        old.durability(),
        old.nodes(),
        old.shards(),
        SlotMap.of(slots),
        List.of(),
        1);
  }
}
