package dev.kibi.crds.rules;

import static dev.kibi.crds.Samples.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.CacheTopologySpec;
import dev.kibi.crds.Samples;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.crds.TopologyShard;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the CacheTopology CRD, once kept and once broken. */
class CacheTopologyRulesTest {

  private static final CrdRules RULES = CrdRules.of("cachetopologies.kibi.dev-v1.yml");

  /** A change of {@link Samples#twoShards()}; the version rises unless the change sets it. */
  record Change(String name, Consumer<CacheTopologySpec> change, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Change refused(String name, String message, Consumer<CacheTopologySpec> change) {
    return new Change(name, change, message);
  }

  private static Change taken(String name, Consumer<CacheTopologySpec> change) {
    return new Change(name, change, "");
  }

  static Stream<Change> changes() {
    return Stream.of(
        refused("another cluster", "clusterUid:", spec -> spec.setClusterUid("other")),
        refused("a version left out", "version:", spec -> spec.setVersion(3)),
        refused(
            "the same version with another content",
            "version:",
            spec -> {
              spec.setVersion(1);
              spec.setOpId("other");
            }),
        refused("a generation that falls", "generation:", spec -> spec.setGeneration(0)),
        refused("a generation left out", "generation:", spec -> spec.setGeneration(3)),
        refused("other lanes", "lanes:", spec -> spec.setLanes(2)),
        refused(
            "a nextMoveId that falls",
            "nextMoveId:",
            spec -> {
              spec.getMoves().clear();
              spec.setNextMoveId(1);
            }),
        refused("an epoch that falls", "shards: an epoch fell", spec -> shard(spec, 0).setEpoch(2)),
        refused(
            "an election in the old epoch",
            "shards: a new master in an old epoch",
            spec -> shard(spec, 0).setMaster(node("b").toString())),
        refused(
            "an unclean recovery in the old epoch",
            "shards: a new master in an old epoch",
            spec -> {
              spec.setGeneration(2);
              recover(spec, 0, "e", 3);
            }),
        refused(
            "a learner elected",
            "shards: a new master that may lack",
            spec -> recover(spec, 0, "e", 4)),
        refused(
            "a move id used again",
            "moves: an id is used again",
            spec -> spec.getMoves().put("0", spec.getMoves().get("1"))),
        refused(
            "a move id from the future",
            "moves: an id is not below",
            spec -> spec.getMoves().put("7", spec.getMoves().get("1"))),
        refused(
            "slots of no shard",
            "slots: an owner is no shard",
            spec -> spec.getSlots().getFirst().setShard(7)),
        refused(
            "a move to no shard",
            "moves: from or to is no shard",
            spec -> spec.getMoves().get("1").setTo(7)),
        refused("a move to where it is", "to:", spec -> spec.getMoves().get("1").setTo(0)),
        refused(
            "a master that is not in sync",
            "master:",
            spec -> shard(spec, 0).setInSync(List.of(node("b").toString()))),
        taken("nothing but the version", spec -> {}),
        taken(
            "nothing but metadata",
            spec -> {
              spec.setVersion(1);
              spec.setOpId("op-1");
            }),
        taken("an election among those in sync", spec -> recover(spec, 0, "b", 4)),
        taken("an election of an electable", spec -> recover(spec, 10, "d", 2)),
        taken(
            "an unclean recovery",
            spec -> {
              spec.setGeneration(2);
              recover(spec, 0, "e", 4);
            }),
        taken("a shard that lost its master", spec -> shard(spec, 0).setMaster(null)),
        taken("a new shard", spec -> spec.getShards().put("11", new TopologyShard())),
        taken(
            "a planned move",
            spec -> {
              spec.getMoves().put("2", spec.getMoves().get("1"));
              spec.setNextMoveId(3);
            }),
        taken("a committed move", spec -> spec.getMoves().clear()));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsTakenOrRefusedForItsOneReason(Change change) {
    Topology before = Samples.twoShards();
    CacheTopologySpec next = TopologyMapping.toSpec(Samples.next(before), "op-2");
    change.change().accept(next);
    List<String> broken = RULES.brokenBy(object(before, "op-1"), object(next));
    if (change.message().isEmpty()) {
      assertThat(broken).isEmpty();
    } else {
      assertThat(broken).singleElement().asString().startsWith(change.message());
    }
  }

  @Test
  void everyRuleIsBrokenByAChangeAbove() {
    Set<String> untested = new TreeSet<>(RULES.messages());
    changes()
        .filter(change -> !change.message().isEmpty())
        .forEach(change -> untested.removeIf(rule -> rule.startsWith(change.message())));
    assertThat(untested).isEmpty();
  }

  @Test
  void theFirstVersionIsTaken() {
    assertThat(RULES.brokenBy(null, object(Samples.twoShards(), "op-1"))).isEmpty();
  }

  @Test
  void whatTheTopologyItselfDoesIsTaken() {
    Topology before = Samples.twoShards();
    SlotMove move = before.moves().getFirst();
    List<SlotMove> plan = List.of(new SlotMove(0, SlotSet.of(7), 0, 10, 3, 1));
    for (Topology next :
        List.of(
            before.withCommitted(List.of(move)),
            before.withCancelled(List.of(move)),
            before.withPlanned(plan),
            before.withShard(0, shard -> shard.without(node("b"))))) {
      assertThat(RULES.brokenBy(object(before, "op-1"), object(next, "op-2"))).isEmpty();
    }
  }

  private static void recover(CacheTopologySpec spec, int shard, String winner, long epoch) {
    shard(spec, shard).setMaster(node(winner).toString());
    shard(spec, shard).setInSync(List.of(node(winner).toString()));
    shard(spec, shard).setElectable(List.of());
    shard(spec, shard).setLearners(List.of());
    shard(spec, shard).setEpoch(epoch);
  }

  private static TopologyShard shard(CacheTopologySpec spec, int id) {
    @Nullable TopologyShard shard = spec.getShards().get(Integer.toString(id));
    assertThat(shard).isNotNull();
    return shard;
  }

  private static CacheTopology object(Topology topology, String opId) {
    return object(TopologyMapping.toSpec(topology, opId));
  }

  private static CacheTopology object(CacheTopologySpec spec) {
    CacheTopology object = new CacheTopology();
    object.setSpec(spec);
    return object;
  }
}
