package dev.kibi.node.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.topology.TopologyRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyWriterTest {

  private static final NodeId A = new NodeId("a", "1");
  private static final NodeId B = new NodeId("b", "1");
  private static final NodeId C = new NodeId("c", "1");

  private final TopologyWriter writer = new TopologyWriter();

  @Test
  void severalChangesGoIntoOneRequestOfTheNextVersion() {
    Topology now = topology(Durability.PREFERRED, List.of(A, B), List.of(), List.of(C));
    TopologyWriter.Request request =
        writer.request(now, List.of(removing(B), adding(C)), "op").orElseThrow();
    assertThat(request.expectedVersion()).isEqualTo(5);
    assertThat(request.next().version()).isEqualTo(6);
    assertThat(request.next().shards().getFirst().inSync()).containsExactly(A, C);
    assertThat(request.next().shards().getFirst().learners()).containsExactly(B);
    assertThat(TopologyRules.check(now, request.next())).isEmpty();
  }

  @Test
  void aRequestStaysOpenUntilANewerVersionIsKnown() {
    Topology now = topology(Durability.PREFERRED, List.of(A), List.of(), List.of(C));
    writer.request(now, List.of(adding(C)), "op");
    writer.installed(now); // the same version again proves nothing
    assertThat(writer.open()).isPresent();
    assertThat(writer.request(now, List.of(adding(C)), "op2")).isEmpty();
    writer.installed(now.atVersion(6));
    assertThat(writer.open()).isEmpty();
  }

  @Test
  void aChangeWhoseGuardDoesNotHoldIsNotAsked() {
    Topology later = topology(Durability.PREFERRED, List.of(A), List.of(), List.of());
    assertThat(writer.request(later, List.of(adding(C), removing(B)), "op")).isEmpty();
    Topology otherEpoch =
        later.withShard(0, s -> new Shard(0, 9, A, false, List.of(A), List.of(), List.of(C)));
    assertThat(writer.request(otherEpoch, List.of(adding(C)), "op")).isEmpty();
  }

  @Test
  void underRequiredARemovedCopyStaysElectableUntilThereAreTwoAgain() {
    Topology two = topology(Durability.REQUIRED, List.of(A, B), List.of(), List.of(C));
    Topology one = removing(B).applyTo(two).orElseThrow();
    assertThat(one.shards().getFirst().electable()).containsExactly(B);
    Topology again = adding(C).applyTo(one).orElseThrow();
    assertThat(again.shards().getFirst().inSync()).containsExactly(A, C);
    assertThat(again.shards().getFirst().electable()).isEmpty();
    assertThat(again.shards().getFirst().learners()).containsExactly(B);
  }

  @Test
  void underPreferredARemovedCopyIsNotPromotable() {
    Topology two = topology(Durability.PREFERRED, List.of(A, B), List.of(), List.of());
    Topology one = removing(B).applyTo(two).orElseThrow();
    assertThat(one.shards().getFirst().isPromotable(B)).isFalse();
  }

  @Test
  void aRefusedRequestIsAsIfItHadNotBeenMade() {
    Topology now = topology(Durability.PREFERRED, List.of(A), List.of(), List.of(C));
    TopologyWriter.Request request = writer.request(now, List.of(adding(C)), "op").orElseThrow();
    writer.refused(request);
    assertThat(writer.open()).isEmpty();
  }

  private static TopologyChange adding(NodeId node) {
    return new TopologyChange.AddInSync(0, 3, node);
  }

  private static TopologyChange removing(NodeId node) {
    return new TopologyChange.RemoveInSync(0, 3, node);
  }

  private static Topology topology(
      Durability durability, List<NodeId> inSync, List<NodeId> electable, List<NodeId> learners) {
    return new Topology(
        "uid",
        1,
        5,
        1,
        durability,
        List.of(
            new NodeInfo(A, "a", "", "a"),
            new NodeInfo(B, "b", "", "b"),
            new NodeInfo(C, "c", "", "c")),
        List.of(new Shard(0, 3, A, false, inSync, electable, learners)),
        SlotMap.of(Map.of(0, SlotSet.ALL)),
        List.of(),
        1);
  }
}
