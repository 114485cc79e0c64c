package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RolloutPlannerTest {

  @Test
  void replicas_go_first_then_the_master_hands_over_then_its_pod_goes_shard_after_shard() {
    World world = World.running(2, 1);
    world.revision = "second";

    assertThat(rollOut(world))
        .containsExactly(
            "delete shop-0-1",
            "shop-0-0 hands over to shop-0-1",
            "delete shop-0-0",
            "delete shop-1-1",
            "shop-1-0 hands over to shop-1-1",
            "delete shop-1-0");
    assertThat(world.topology().generation()).isEqualTo(1);
    assertThat(world.observed().outdatedPods()).isEmpty();
  }

  @Test
  void nothing_is_done_while_every_pod_is_of_the_present_template() {
    World world = World.running(2, 1);

    assertThat(world.plan().disruption()).isEmpty();
    assertThat(world.plan().holds()).isEmpty();
  }

  @Test
  void a_replica_that_is_not_back_in_sync_is_waited_for_by_the_whole_cluster() {
    World world = World.running(2, 1);
    world.revision = "second";
    world.disrupt();
    world.step();
    world.step();

    Plan plan = world.plan();

    assertThat(plan.disruption()).isEmpty();
    assertThat(plan.hold(Reason.ROLLOUT_WAITING).orElseThrow().message())
        .isEqualTo("waits for shop-0-1, which is not in sync and ready");
    assertThat(plan.recheckNanos()).isPresent();
  }

  @Test
  void a_new_pod_that_Kubernetes_has_not_found_ready_is_waited_for() {
    World world = World.running(2, 1);
    world.revision = "second";
    world.disrupt();
    world.settle();
    world.pod("shop-0-1").isUnready = true;

    Plan plan = world.plan();

    assertThat(plan.disruption()).isEmpty();
    assertThat(plan.hold(Reason.ROLLOUT_WAITING).orElseThrow().message())
        .isEqualTo("waits for shop-0-1, which is not Ready to Kubernetes yet");
  }

  @Test
  void a_pod_of_an_earlier_template_that_is_not_found_ready_is_replaced_like_any_other() {
    World world = World.running(2, 1);
    world.revision = "second";
    world.pod("shop-0-1").isUnready = true;

    assertThat(world.disrupt().orElseThrow().message()).startsWith("shop-0-1 ");
  }

  @Test
  void a_bad_template_takes_one_replica_and_no_second_copy() {
    World world = World.running(2, 2);
    world.badRevisions.add("bad");
    world.revision = "bad";
    world.disrupt();
    world.settle();

    assertThat(world.plan().disruption()).isEmpty();
    assertThat(world.observed().outdatedPods()).hasSize(5);
    assertThat(world.topology().shards()).extracting(s -> s.inSync().size()).containsExactly(2, 3);
  }

  @Test
  void a_corrected_template_goes_on_at_once_from_a_stuck_one() {
    World world = World.running(2, 1);
    world.badRevisions.add("bad");
    world.revision = "bad";
    world.disrupt();
    world.settle();
    assertThat(world.plan().disruption()).isEmpty();

    world.revision = "third";
    Disruption next = world.disrupt().orElseThrow();

    assertThat(next.reason()).isEqualTo(Reason.EMPTY_POD_OUTDATED);
    assertThat(next.message()).startsWith("shop-0-1 ");
    world.settle();
    assertThat(rollOut(world)).hasSize(5).first().isEqualTo("shop-0-0 hands over to shop-0-1");
  }

  @Test
  void going_back_to_the_earlier_template_touches_the_bad_pod_only() {
    World world = World.running(2, 1);
    world.badRevisions.add("bad");
    world.revision = "bad";
    world.disrupt();
    world.settle();

    world.revision = "first";

    assertThat(rollOut(world)).containsExactly("delete shop-0-1");
  }

  @Test
  void a_bad_template_is_corrected_although_the_cluster_never_came_up() {
    World world = new World(1, 1);
    world.badRevisions.add("bad");
    world.revision = "bad";
    List.of("shop-0-0", "shop-0-1").forEach(world::replacePod);
    world.settle();
    assertThat(world.topology).isNull();

    world.revision = "second";
    assertThat(rollOut(world)).containsExactly("delete shop-0-0", "delete shop-0-1");

    assertThat(world.shard(0).inSync()).hasSize(2);
  }

  @Test
  void a_node_that_learns_for_ever_is_replaced_when_nothing_else_is_amiss() {
    World world = World.running(1, 1);
    world.revision = "second";
    world.disrupt();
    world.pod("shop-0-1").learnsForEver = true;
    world.settle();
    assertThat(world.plan().disruption()).isEmpty();

    world.revision = "third";

    assertThat(world.disrupt().orElseThrow().message()).startsWith("shop-0-1 ");
  }

  @Test
  void a_silent_node_in_a_running_pod_is_replaced_only_after_patience_and_out_of_sync() {
    World world = World.running(1, 2);
    world.revision = "second";
    World.FakePod silent = world.pod("shop-0-2");
    silent.contact = Contact.LOST;
    world.silence(silent, 60_000);
    assertThat(world.plan().disruption()).isEmpty();

    Shard shard = world.shard(0);
    world.topology =
        world
            .topology()
            .withShard(
                0,
                s ->
                    s.withMembers(
                        s.inSync().stream().filter(n -> !n.equals(silent.node())).toList(),
                        List.of(silent.node())));
    assertThat(shard.inSync()).hasSize(3);

    assertThat(world.plan().disruption().orElseThrow().message()).startsWith("shop-0-2 ");
  }

  @Test
  void a_pod_that_is_ending_holds_the_rollout_and_its_master_is_left_to_hand_over_itself() {
    World world = World.running(2, 1);
    world.revision = "second";
    world.pod("shop-1-0").leaving = true;

    Plan plan = world.plan();

    assertThat(plan.step()).isEmpty();
    assertThat(plan.disruption()).isEmpty();
    assertThat(plan.hold(Reason.ROLLOUT_WAITING).orElseThrow().message())
        .contains("shop-1-0, which is ending");
  }

  @Test
  void a_lost_master_is_replaced_before_any_rollout_goes_on() {
    World world = World.running(1, 2);
    world.revision = "second";
    world.masterPod(0).contact = Contact.REFUSED;

    assertThat(world.plan().step().orElseThrow().action()).isInstanceOf(Action.ElectMasters.class);
    assertThat(world.plan().disruption()).isEmpty();
  }

  @Test
  void without_a_replica_a_further_pod_takes_over_and_nothing_is_lost() {
    World world = World.running(2, 0);
    world.revision = "second";
    assertThat(world.plan().podsByShard()).containsEntry(0, 2).containsEntry(1, 1);

    List<String> done = rollOut(world);

    assertThat(done)
        .containsExactly(
            "shop-0-0 hands over to shop-0-1",
            "delete shop-0-0",
            "shop-0-1 hands over to shop-0-0",
            "shop-1-0 hands over to shop-1-1",
            "delete shop-1-0",
            "shop-1-1 hands over to shop-1-0");
    assertThat(world.pods.keySet()).containsExactlyInAnyOrder("shop-0-0", "shop-1-0");
    assertThat(world.topology().generation()).isEqualTo(1);
  }

  @Test
  void under_required_two_copies_are_left_by_a_further_pod() {
    World world = World.running(1, 1);
    world.with(Durability.REQUIRED);
    world.settle();
    world.revision = "second";

    assertThat(world.plan().podsByShard()).containsEntry(0, 3);
    assertThat(world.plan().disruption()).isEmpty();
    rollOut(world);

    assertThat(world.pods.keySet()).containsExactlyInAnyOrder("shop-0-0", "shop-0-1");
    assertThat(world.shard(0).electable()).isEmpty();
  }

  @Test
  void fewer_replicas_wait_until_the_master_is_among_those_that_stay() {
    World world = World.running(1, 2);
    world.pod("shop-0-2").masterRequested = true;
    world.disrupt();
    world.pod("shop-0-2").masterRequested = false;
    assertThat(world.masterPod(0).name).isEqualTo("shop-0-2");

    world.withReplicas(1);
    assertThat(world.plan().podsByShard()).containsEntry(0, 3);

    assertThat(world.disrupt().orElseThrow().reason()).isEqualTo(Reason.MASTER_TO_GO);
    assertThat(world.plan().podsByShard()).containsEntry(0, 2);
  }

  @Test
  void fewer_replicas_wait_until_those_that_stay_are_in_sync() {
    World world = World.running(1, 2);
    world.replacePod("shop-0-1");
    world.step();
    world.withReplicas(1);

    assertThat(world.plan().podsByShard()).containsEntry(0, 3);
    world.settle();

    assertThat(world.plan().podsByShard()).containsEntry(0, 2);
  }

  @Test
  void no_stateful_set_shrinks_while_its_present_template_is_unknown() {
    World world = World.running(1, 0);
    world.revision = "second";
    world.followCounts(world.plan().podsByShard());

    assertThat(world.planBeforeKubernetesLooked().podsByShard()).containsEntry(0, 2);
  }

  @Test
  void no_stateful_set_shrinks_while_the_topology_is_unknown() {
    World world = World.running(1, 2);
    world.withReplicas(0);
    ObservedCluster seen = world.observed();
    ObservedCluster unknown = new ObservedCluster(null, seen.pods(), seen.sets());

    assertThat(world.planner.plan(world.goal, unknown, world.now).podsByShard())
        .containsEntry(0, 3);
  }

  @Test
  void more_replicas_come_at_once() {
    World world = World.running(1, 0);
    world.withReplicas(2);

    assertThat(world.plan().podsByShard()).containsEntry(0, 3);
  }

  @Test
  void a_person_may_ask_for_a_master_and_waits_until_it_is_in_sync() {
    World world = World.running(1, 1);
    World.FakePod wanted = world.pod("shop-0-1");
    wanted.masterRequested = true;
    wanted.life++;
    world.step();
    assertThat(world.plan().disruption()).isEmpty();
    assertThat(world.plan().hold(Reason.SWITCHOVER_WAITING)).isPresent();

    world.settle();

    assertThat(world.disrupt().orElseThrow().reason()).isEqualTo(Reason.SWITCHOVER_REQUESTED);
    assertThat(world.masterPod(0)).isSameAs(wanted);
    assertThat(world.plan().disruption()).isEmpty();
  }

  @Test
  void slots_do_not_move_to_or_from_a_shard_whose_pods_are_being_replaced() {
    World world = World.running(2, 1);
    world.scale(3);
    world.revision = "second";
    world.step();
    world.syncLearners();

    Plan plan = world.plan();

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.SLOTS_WAIT_FOR_ROLLOUT)).isPresent();
    assertThat(plan.disruption()).isPresent();
  }

  @Test
  void a_paused_cluster_is_not_rolled() {
    World world = World.running(1, 1);
    world.revision = "second";
    world.goal = new Goal(World.UID, 1, 1, Durability.PREFERRED, 4, false, true);

    assertThat(world.plan().disruption()).isEmpty();
  }

  @Test
  void whatever_happens_during_a_rollout_no_shard_loses_its_last_copy() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      World world = World.running(1 + random.nextInt(3), random.nextInt(3));
      for (int event = 0; event < 80; event++) {
        disturb(world, random);
        world.step();
        world.disrupt();
        world.followCounts(world.plan().podsByShard());
        assertThat(world.topology().generation()).as("seed " + seed).isEqualTo(1);
      }
      world.badRevisions.clear();
      world.revision = "last";
      rollOut(world);
      assertThat(world.observed().outdatedPods()).as("seed " + seed).isEmpty();
      assertThat(world.topology().generation()).as("seed " + seed).isEqualTo(1);
    }
  }

  private static void disturb(World world, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> world.revision = "revision " + random.nextInt(4);
      case 1 -> {
        world.badRevisions.clear();
        world.badRevisions.add("revision " + random.nextInt(4));
      }
      case 2 -> world.withReplicas(random.nextInt(3));
      default -> world.syncLearners();
    }
  }

  /** Lets the world settle and disrupts it until nothing is left to do; tells what was done. */
  private static List<String> rollOut(World world) {
    List<String> done = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      world.settle();
      var counts = world.plan().podsByShard();
      boolean counted = !counts.equals(world.podsByShard);
      world.followCounts(counts);
      Optional<Disruption> disruption = world.disrupt();
      disruption.map(planned -> describe(planned, world)).ifPresent(done::add);
      if (disruption.isEmpty() && !counted) {
        return done;
      }
    }
    throw new AssertionError("does not end: " + world.plan());
  }

  private static String describe(Disruption disruption, World world) {
    return switch (disruption) {
      case Disruption.DeletePod delete -> "delete " + delete.pod();
      case Disruption.Switchover order ->
          Roster.podName(order.from(), world.topology().nodes())
              + " hands over to "
              + Roster.podName(order.to(), world.topology().nodes());
    };
  }
}
