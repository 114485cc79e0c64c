package dev.kibi.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyCacheTest {
  private static final ClusterKey CLUSTER = new ClusterKey("test", "shop");

  private final TopologyCache cache = new TopologyCache();

  @Test
  void what_was_written_counts_before_the_informer_shows_it() {
    cache.remember(CLUSTER, topology("uid", 2));

    assertThat(cache.current(CLUSTER, "uid", Optional.empty()).orElseThrow().version())
        .isEqualTo(2);
    assertThat(
            cache.current(CLUSTER, "uid", Optional.of(topology("uid", 1))).orElseThrow().version())
        .isEqualTo(2);
    assertThat(
            cache.current(CLUSTER, "uid", Optional.of(topology("uid", 3))).orElseThrow().version())
        .isEqualTo(3);
    assertThat(cache.version(CLUSTER)).isEqualTo(3);
  }

  @Test
  void an_object_that_was_shown_and_is_shown_no_more_is_gone() {
    cache.current(CLUSTER, "uid", Optional.of(topology("uid", 3)));

    assertThat(cache.current(CLUSTER, "uid", Optional.empty())).isEmpty();
  }

  @Test
  void the_topology_of_an_earlier_cluster_of_the_same_name_is_not_kept() {
    cache.remember(CLUSTER, topology("old", 9));

    assertThat(cache.current(CLUSTER, "new", Optional.empty())).isEmpty();
    assertThat(
            cache.current(CLUSTER, "new", Optional.of(topology("new", 1))).orElseThrow().version())
        .isEqualTo(1);
  }

  private static Topology topology(String uid, long version) {
    return new Topology(
        uid,
        1,
        version,
        1,
        Durability.PREFERRED,
        List.of(),
        List.of(),
        SlotMap.of(Map.of(0, SlotSet.ALL)),
        List.of(),
        1);
  }
}
