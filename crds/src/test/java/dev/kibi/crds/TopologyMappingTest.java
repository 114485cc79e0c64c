package dev.kibi.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyMappingTest {

  @Test
  void aTopologyComesBackFromYamlAsItWas() {
    Topology topology = Samples.twoShards();
    CacheTopologySpec spec = throughYaml(TopologyMapping.toSpec(topology, "op-1"));
    assertThat(TopologyMapping.toTopology(spec)).isEqualTo(topology);
    assertThat(spec.getOpId()).isEqualTo("op-1");
  }

  @Test
  void aShardWithoutAMasterComesBackWithoutOne() {
    Topology lost =
        Samples.twoShards()
            .withShard(
                10, s -> new Shard(10, 1, null, false, s.inSync(), s.electable(), s.learners()));
    CacheTopologySpec spec = throughYaml(TopologyMapping.toSpec(lost, "op-1"));
    assertThat(TopologyMapping.toTopology(spec)).isEqualTo(lost);
  }

  @Test
  void everyDurabilityComesBack() {
    for (Durability durability : Durability.values()) {
      Topology topology = Samples.twoShards().withDurability(durability);
      CacheTopologySpec spec = throughYaml(TopologyMapping.toSpec(topology, "op-1"));
      assertThat(TopologyMapping.toTopology(spec).durability()).isEqualTo(durability);
    }
  }

  @Test
  void shardsComeInTheOrderOfTheirNumbersNotOfTheirText() {
    CacheTopologySpec spec = TopologyMapping.toSpec(Samples.twoShards(), "op-1");
    spec.getShards().put("9", new TopologyShard());
    List<Integer> ids = TopologyMapping.toTopology(spec).shards().stream().map(Shard::id).toList();
    assertThat(ids).containsExactly(0, 9, 10);
  }

  @Test
  void aShardKeyThatIsNoNumberIsNamed() {
    CacheTopologySpec spec = TopologyMapping.toSpec(Samples.twoShards(), "op-1");
    spec.getShards().put("one", new TopologyShard());
    assertThatThrownBy(() -> TopologyMapping.toTopology(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shards: \"one\" (expected: an id, 0 and up)");
  }

  @Test
  void aNegativeMoveKeyIsNamed() {
    CacheTopologySpec spec = TopologyMapping.toSpec(Samples.twoShards(), "op-1");
    spec.getMoves().put("-1", spec.getMoves().get("1"));
    assertThatThrownBy(() -> TopologyMapping.toTopology(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moves: \"-1\" (expected: an id, 0 and up)");
  }

  private static CacheTopologySpec throughYaml(CacheTopologySpec spec) {
    return Serialization.unmarshal(Serialization.asYaml(spec), CacheTopologySpec.class);
  }
}
