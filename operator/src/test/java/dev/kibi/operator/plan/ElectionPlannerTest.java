package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.plan.World.FakePod;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElectionPlannerTest {

  @Test
  void a_refused_master_is_replaced_at_once_by_its_in_sync_replica() {
    World world = World.running(3, 1);
    FakePod lost = world.masterPod(1);
    lost.contact = Contact.REFUSED;

    Step step = world.step().orElseThrow();

    assertThat(step.action())
        .isEqualTo(
            new Action.ElectMasters(List.of(new Action.Election(1, world.pod("shop-1-1").node()))));
    assertThat(step.message()).contains("shop-1-0").contains("refused");
    Shard shard = world.shard(1);
    assertThat(shard.epoch()).isEqualTo(2);
    assertThat(shard.inSync()).containsExactly(world.pod("shop-1-1").node());
    assertThat(shard.learners()).containsExactly(lost.node());
  }

  @Test
  void a_silent_master_is_left_alone_while_no_copy_suspects_it() {
    World world = World.running(2, 1);
    world.silence(world.masterPod(0), 10_000);

    assertThat(world.plan().step()).isEmpty();
  }

  @Test
  void a_silent_master_is_replaced_once_a_copy_suspects_it_too() {
    World world = World.running(2, 1);
    world.silence(world.masterPod(0), 401);
    world.pod("shop-0-1").suspects = List.of(world.masterPod(0).node());

    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MASTER_LOST);
    assertThat(world.shard(0).master()).isEqualTo(world.pod("shop-0-1").node());
  }

  @Test
  void a_master_the_operator_hears_stays_whatever_its_replica_says() {
    World world = World.running(2, 1);
    world.pod("shop-0-1").suspects = List.of(world.masterPod(0).node());

    assertThat(world.plan().step()).isEmpty();
  }

  @Test
  void a_restarted_master_leaves_and_its_new_incarnation_learns_from_the_winner() {
    World world = World.running(2, 1);
    FakePod restarted = world.masterPod(0);
    NodeId dead = restarted.node();
    restarted.life++;

    world.step();
    assertThat(world.shard(0).master()).isEqualTo(world.pod("shop-0-1").node());
    assertThat(world.shard(0).isMember(dead)).isFalse();
    assertThat(world.topology().node(dead)).isEmpty();

    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MEMBERS_CHANGED);
    assertThat(world.shard(0).learners()).containsExactly(restarted.node());
  }

  @Test
  void an_incarnation_that_is_not_heard_now_proves_nothing() {
    World world = World.running(2, 1);
    FakePod master = world.masterPod(0);
    master.life--; // an old report of the process before
    master.contact = Contact.LOST;

    assertThat(world.plan().step()).isEmpty();
  }

  @Test
  void an_incarnation_that_has_not_installed_the_present_topology_proves_nothing() {
    World world = World.running(2, 1);
    FakePod master = world.masterPod(0);
    master.life--; // the process before, whose last report arrives late
    master.versionsBehind = 1;

    assertThat(world.plan().step()).isEmpty();
  }

  @Test
  void the_pod_object_gone_is_proof_and_needs_no_grace() {
    World world = World.running(2, 1);
    world.pods.remove(world.masterPod(1).name);

    assertThat(world.step().orElseThrow().message()).contains("pod is gone");
  }

  @Test
  void a_pod_that_is_not_seen_and_not_certainly_gone_proves_nothing() {
    World world = World.running(2, 1);
    world.pods.remove(world.masterPod(1).name);
    ObservedCluster seen = world.observed();

    Plan plan =
        world.planner.plan(
            world.goal,
            new ObservedCluster(seen.topology(), seen.pods(), seen.sets(), Set.of()),
            world.now);

    assertThat(plan.step()).isEmpty();
  }

  @Test
  void all_elections_owed_go_into_one_version() {
    World world = World.running(5, 1);
    long version = world.topology().version();
    for (int shard = 0; shard < 4; shard++) {
      world.masterPod(shard).contact = Contact.REFUSED;
    }

    Step step = world.step().orElseThrow();

    assertThat(((Action.ElectMasters) step.action()).elections()).hasSize(4);
    assertThat(world.topology().version()).isEqualTo(version + 1);
  }

  @Test
  void the_copy_with_the_longest_log_wins() {
    World world = World.running(1, 2);
    world.masterPod(0).contact = Contact.REFUSED;
    world.pod("shop-0-2").lsn = 200;

    world.step();

    assertThat(world.shard(0).master()).isEqualTo(world.pod("shop-0-2").node());
    assertThat(world.shard(0).inSync())
        .containsExactly(world.pod("shop-0-2").node(), world.pod("shop-0-1").node());
  }

  @Test
  void a_survivor_that_is_not_heard_does_not_stay_in_sync() {
    World world = World.running(1, 3);
    world.masterPod(0).contact = Contact.REFUSED;
    world.pod("shop-0-2").contact = Contact.REFUSED;

    world.step();

    assertThat(world.shard(0).inSync())
        .containsExactly(world.pod("shop-0-1").node(), world.pod("shop-0-3").node());
    assertThat(world.shard(0).learners()).contains(world.pod("shop-0-2").node());
  }

  @Test
  void equal_copies_are_decided_by_the_machine_with_fewer_masters() {
    World world = World.running(2, 2);
    world.masterPod(1).machine = "busy";
    world.pod("shop-0-1").machine = "busy";
    world.pod("shop-0-2").machine = "free";
    world.masterPod(0).contact = Contact.REFUSED;

    world.step();

    assertThat(world.shard(0).master()).isEqualTo(world.pod("shop-0-2").node());
  }

  @Test
  void a_pod_that_is_being_deleted_wins_only_when_there_is_no_other() {
    World world = World.running(1, 2);
    world.masterPod(0).contact = Contact.REFUSED;
    world.pod("shop-0-1").leaving = true;
    world.pod("shop-0-1").lsn = 500;

    world.step();

    assertThat(world.shard(0).master()).isEqualTo(world.pod("shop-0-2").node());
  }

  @Test
  void under_required_the_survivor_without_a_second_copy_keeps_the_old_master_electable() {
    World world = new World(1, 1);
    world.with(Durability.REQUIRED);
    world.settle();
    FakePod lost = world.masterPod(0);
    lost.contact = Contact.REFUSED;

    world.step();

    assertThat(world.shard(0).electable()).containsExactly(lost.node());
  }

  @Test
  void a_learner_is_never_elected_while_an_in_sync_copy_may_live() {
    World world = World.running(1, 1);
    FakePod replica = world.pod("shop-0-1");
    replica.life++;
    world.step(); // the new incarnation is a learner, shop-0-0 is alone in sync
    world.masterPod(0).contact = Contact.REFUSED;

    Plan plan = world.plan();

    assertThat(plan.step()).isEmpty();
    assertThat(plan.hold(Reason.WAITING_FOR_COPIES).orElseThrow().message()).contains("shop-0-0");
    assertThat(plan.recheckNanos()).isPresent();
  }

  @Test
  void when_every_in_sync_copy_is_proven_dead_the_best_live_copy_leads_in_a_new_generation() {
    World world = World.running(1, 1);
    FakePod replica = world.pod("shop-0-1");
    replica.life++;
    world.step();
    world.replacePod("shop-0-0"); // the lone in-sync master is gone, an empty pod takes its name
    replica.lsn = 50;
    world.pod("shop-0-0").lsn = 0;

    Step step = world.step().orElseThrow();

    assertThat(step.reason()).isEqualTo(Reason.ALL_COPIES_LOST);
    assertThat(world.topology().generation()).isEqualTo(2);
    assertThat(world.shard(0).master()).isEqualTo(replica.node());
    assertThat(world.shard(0).learners()).containsExactly(world.pod("shop-0-0").node());
  }

  @Test
  void unclean_recovery_waits_for_a_copy_that_was_not_heard_yet_but_not_for_ever() {
    World world = World.running(1, 1);
    FakePod replica = world.pod("shop-0-1");
    replica.life++;
    world.step();
    world.replacePod("shop-0-0");
    replica.contact = Contact.NONE;
    world.silence(replica, 1_000);
    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MEMBERS_CHANGED);
    assertThat(world.plan().step()).isEmpty();
    assertThat(world.plan().hold(Reason.WAITING_FOR_COPIES).orElseThrow().message())
        .contains("shop-0-1");

    world.silence(replica, 4_001);

    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.ALL_COPIES_LOST);
    assertThat(world.shard(0).master()).isEqualTo(world.pod("shop-0-0").node());
  }

  @Test
  void all_pods_replaced_at_once_heals_with_empty_shards_and_says_so() {
    World world = World.running(3, 1);
    List.copyOf(world.pods.keySet()).forEach(world::replacePod);

    Step step = world.step().orElseThrow();

    assertThat(((Action.UncleanRecovery) step.action()).elections()).hasSize(3);
    world.settle();
    assertThat(world.topology().shards()).allMatch(shard -> shard.inSync().size() == 2);
    assertThat(world.topology().generation()).isEqualTo(2);
  }

  @Test
  void elections_go_on_while_the_spec_pauses_the_cluster() {
    World world = World.running(2, 1);
    world.goal = new Goal(World.UID, 4, 1, Durability.PREFERRED, 4, false, true);
    world.masterPod(0).contact = Contact.REFUSED;

    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MASTER_LOST);
    assertThat(world.step()).isEmpty();
    assertThat(world.plan().hold(Reason.PAUSED)).isPresent();
  }
}
