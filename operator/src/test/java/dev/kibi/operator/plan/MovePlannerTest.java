package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.SlotMove;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovePlannerTest {

  @Test
  void scaling_up_moves_only_what_the_new_shards_need() {
    World world = World.running(3, 1);
    world.scale(5);

    int moved = world.settle();

    assertThat(moved).isEqualTo(409);
    assertThat(owned(world)).containsExactly(205, 205, 205, 205, 204);
  }

  @Test
  void scaling_down_empties_the_highest_shards_and_removes_them() {
    World world = World.running(5, 1);
    world.scale(2);

    int moved = world.settle();

    assertThat(moved).isEqualTo(615);
    assertThat(owned(world)).containsExactly(512, 512);
    assertThat(world.topology().nodes()).hasSize(4);
  }

  @Test
  void moves_in_flight_stay_within_the_limit_per_source_and_target() {
    World world = World.running(2, 1);
    world.scale(3);
    world.step();
    world.syncLearners();

    world.step();

    assertThat(world.topology().moves()).hasSize(4).allMatch(move -> move.to() == 2);
    assertThat(world.plan().step()).isEmpty();
  }

  @Test
  void places_are_refilled_several_at_a_time() {
    World world = World.running(2, 1);
    world.scale(3);
    world.step();
    world.syncLearners();
    world.step();
    world.commit(world.topology().moves().getFirst());
    assertThat(world.plan().step()).isEmpty();

    world.commit(world.topology().moves().getFirst());

    assertThat(((Action.PlanMoves) world.step().orElseThrow().action()).moves()).hasSize(2);
  }

  @Test
  void a_scale_reversed_half_way_returns_what_has_moved_and_cancels_the_rest() {
    World world = World.running(3, 1);
    world.scale(5);
    for (int i = 0; i < 12; i++) {
      world.step();
      world.syncLearners();
      world.topology().moves().stream().limit(2).toList().forEach(world::commit);
    }
    int there =
        world.topology().slots().slotsOf(3).size() + world.topology().slots().slotsOf(4).size();
    assertThat(there).isPositive();
    assertThat(world.topology().moves()).isNotEmpty();

    world.scale(3);
    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MOVES_CANCELLED);
    int moved = world.settle();

    assertThat(moved).isEqualTo(there);
    assertThat(owned(world)).containsExactly(341, 341, 342);
  }

  @Test
  void a_reversed_scale_down_cancels_moves_that_would_have_to_be_undone() {
    World world = World.running(4, 1);
    world.scale(2);
    world.step();
    assertThat(world.topology().moves()).isNotEmpty();

    world.scale(4);
    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MOVES_CANCELLED);

    assertThat(world.topology().moves()).isEmpty();
    assertThat(world.settle()).isZero();
  }

  @Test
  void a_move_whose_shard_changed_its_master_is_cancelled_and_planned_again() {
    World world = World.running(2, 1);
    world.scale(3);
    world.step();
    world.syncLearners();
    world.step();
    List<SlotMove> before = world.topology().moves();
    world.masterPod(0).contact = Contact.REFUSED;
    world.step();

    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MOVES_CANCELLED);

    long lastId = before.getLast().id();
    world.settle();
    assertThat(world.topology().nextMoveId()).isGreaterThan(lastId + 1);
    assertThat(owned(world)).containsExactlyInAnyOrder(342, 341, 341);
  }

  @Test
  void nothing_moves_before_every_shard_of_the_spec_exists() {
    World world = World.running(2, 1);
    world.scale(4);
    world.pods.remove("shop-3-0");
    world.pods.remove("shop-3-1");
    world.settle();

    assertThat(owned(world)).containsExactly(512, 512, 0);
    assertThat(world.plan().hold(Reason.WAITING_FOR_NODES).orElseThrow().message()).contains("[3]");
  }

  @Test
  void nothing_moves_to_a_shard_with_fewer_copies_than_the_data_has_now() {
    World world = World.running(2, 1);
    world.scale(3);
    world.step(); // shard 2 exists, its replica still learns

    Plan plan = world.plan();

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.WAITING_FOR_REPLICAS).orElseThrow().message()).contains("shard 2");
  }

  @Test
  void a_shard_whose_master_is_not_heard_neither_gives_nor_takes() {
    World world = World.running(3, 1);
    world.scale(4);
    world.step();
    world.syncLearners();
    world.silence(world.masterPod(1), 1_000);

    world.step();

    assertThat(world.topology().moves()).isNotEmpty().noneMatch(move -> move.from() == 1);
    assertThat(world.plan().hold(Reason.WAITING_FOR_MASTER).orElseThrow().message())
        .contains("shard 1");
  }

  @Test
  void a_scale_down_that_memory_cannot_hold_is_refused_with_the_figures() {
    World world = World.running(3, 1);
    world.pods.values().forEach(pod -> pod.usedBytes = 700_000);
    world.scale(2);

    Plan plan = world.plan();

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.NOT_ENOUGH_MEMORY).orElseThrow().message())
        .contains("2100000")
        .contains("1900000");
  }

  @Test
  void a_paused_rebalance_plans_nothing_and_goes_on_where_it_stopped() {
    World world = World.running(2, 1);
    world.scale(3);
    world.goal = new Goal(World.UID, 3, 1, Durability.PREFERRED, 4, true, false);
    world.settle();
    assertThat(owned(world)).containsExactly(512, 512, 0);
    assertThat(world.plan().hold(Reason.REBALANCE_PAUSED)).isPresent();

    world.scale(3);
    world.settle();

    assertThat(owned(world)).containsExactlyInAnyOrder(342, 341, 341);
  }

  @Test
  void a_shard_that_exists_again_never_uses_an_old_epoch() {
    World world = World.running(2, 1);
    world.scale(3);
    world.settle();
    long epoch = world.shard(2).epoch();
    world.scale(2);
    world.settle();
    world.scale(3);
    world.settle();

    assertThat(world.shard(2).epoch()).isGreaterThan(epoch);
  }

  @Test
  void leaving_required_turns_electable_nodes_into_learners_in_the_same_version() {
    World world = new World(1, 1);
    world.with(Durability.REQUIRED);
    world.settle();
    world.masterPod(0).contact = Contact.REFUSED;
    world.step();
    List<NodeId> electable = world.shard(0).electable();
    assertThat(electable).hasSize(1);

    world.with(Durability.PREFERRED);
    world.step();

    assertThat(world.topology().durability()).isEqualTo(Durability.PREFERRED);
    assertThat(world.shard(0).electable()).isEmpty();
    assertThat(world.shard(0).learners()).isEqualTo(electable);
  }

  @Test
  void another_durability_clears_the_mark_of_a_handover_on_the_shards_it_changes() {
    World world = new World(2, 1);
    world.with(Durability.REQUIRED);
    world.settle();
    world.masterPod(0).contact = Contact.REFUSED;
    world.step();
    world.markHandedOver(0);
    world.markHandedOver(1);

    world.with(Durability.PREFERRED);
    world.step();

    assertThat(world.shard(0).handover()).isFalse();
    assertThat(world.shard(1).handover()).isTrue();
  }

  private static List<Integer> owned(World world) {
    return world.topology().shards().stream()
        .map(shard -> world.topology().slots().slotsOf(shard.id()).size())
        .toList();
  }
}
