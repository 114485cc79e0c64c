package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapPlannerTest {

  @Test
  void first_topology_gives_contiguous_balanced_slots_and_one_master_per_shard() {
    World world = new World(3, 1);

    Step step = world.step().orElseThrow();

    assertThat(step.expectedVersion()).isZero();
    assertThat(world.topology().slots().slotsOf(0)).isEqualTo(SlotSet.parse("0-340"));
    assertThat(world.topology().slots().slotsOf(1)).isEqualTo(SlotSet.parse("341-681"));
    assertThat(world.topology().slots().slotsOf(2)).isEqualTo(SlotSet.parse("682-1023"));
    Shard shard = world.shard(1);
    assertThat(shard.master()).isEqualTo(world.pod("shop-1-0").node());
    assertThat(shard.inSync()).containsExactly(world.pod("shop-1-0").node());
    assertThat(shard.learners()).containsExactly(world.pod("shop-1-1").node());
  }

  @Test
  void waits_until_every_shard_has_a_node_and_names_those_that_have_none() {
    World world = new World(3, 1);
    world.pods.remove("shop-2-0");
    world.pods.remove("shop-2-1");

    Plan plan = world.plan();

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.WAITING_FOR_NODES).orElseThrow().message()).contains("[2]");
  }

  @Test
  void a_missing_topology_is_no_new_cluster_while_a_node_knows_one() {
    World world = World.running(2, 1);
    ObservedCluster lost = new ObservedCluster(null, world.observed().pods(), List.of());

    Plan plan = world.planner.plan(world.goal, lost, world.now);

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.TOPOLOGY_MISSING)).isPresent();
  }

  @Test
  void a_topology_of_another_cluster_is_never_written_over() {
    World world = World.running(2, 0);
    Goal recreated = new Goal("new-uid", 5, 0, world.goal.durability(), 4, false, false);

    Plan plan = world.planner.plan(recreated, world.observed(), world.now);

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.FOREIGN_TOPOLOGY)).isPresent();
  }

  @Test
  void a_topology_older_than_what_nodes_installed_is_never_written_over() {
    World world = World.running(2, 1);
    var before = world.topology();
    world.scale(3);
    world.settle();
    ObservedCluster restored = world.observed().with(before);

    Plan plan = world.planner.plan(world.goal, restored, world.now);

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.TOPOLOGY_WENT_BACK)).isPresent();
  }
}
