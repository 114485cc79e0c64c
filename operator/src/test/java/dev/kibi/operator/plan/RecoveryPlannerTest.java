package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.plan.World.FakePod;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unclean recoveries that a person confirms. */
class RecoveryPlannerTest {
  private final World world = World.running(1, 1);
  private final FakePod lost = world.masterPod(0);
  private final FakePod behind = world.pod("shop-0-1");

  /** The master is alone in sync, on a machine that does not answer; its copy has begun anew. */
  @BeforeEach
  void loseTheMachine() {
    behind.life++;
    world.step();
    cutOff(lost, behind);
  }

  @Test
  void a_shard_that_waits_says_what_a_person_can_do() {
    assertThat(world.plan().step()).isEmpty();
    assertThat(waiting()).contains("shop-0-0").endsWith("kibi.dev/recover-uncleanly=0@1");
  }

  @Test
  void an_unreachable_copy_is_given_up_when_a_person_confirms_shard_and_epoch() {
    world.confirm("0@1");

    Step step = world.step().orElseThrow();

    assertThat(step.reason()).isEqualTo(Reason.ALL_COPIES_LOST);
    assertThat(step.message()).contains("shop-0-1").contains("without [shop-0-0]");
    assertThat(world.topology().generation()).isEqualTo(2);
    assertThat(world.shard(0).epoch()).isEqualTo(2);
    assertThat(world.shard(0).master()).isEqualTo(behind.node());
    assertThat(world.shard(0).inSync()).containsExactly(behind.node());
    assertThat(world.shard(0).learners()).containsExactly(lost.node());
    assertThat(world.plan().holds()).isEmpty();
  }

  @Test
  void a_confirmation_holds_for_no_later_epoch() {
    world.confirm("0@1");
    world.step();
    lost.heal();
    cutOff(behind, lost);

    assertThat(world.plan().step()).isEmpty();
    assertThat(complaint()).endsWith("0@1 (expected: 0@2)");
  }

  @Test
  void a_copy_that_was_heard_a_moment_ago_is_not_given_up_yet() {
    world.confirm("0@1");
    world.silence(lost, 7_999);

    assertThat(world.plan().step()).isEmpty();
    assertThat(waiting()).contains("as was confirmed");
    assertThat(world.plan().recheckNanos()).isPresent();
  }

  @Test
  void a_master_that_a_copy_still_hears_is_not_given_up() {
    world.confirm("0@1");
    lost.contact = Contact.REFUSED;
    behind.suspects = List.of();

    assertThat(world.plan().step()).isEmpty();
  }

  @Test
  void an_in_sync_copy_that_answers_is_elected_whatever_is_confirmed() {
    lost.heal();
    world.settle();
    cutOff(lost, behind);
    world.confirm("0@1");

    assertThat(world.step().orElseThrow().reason()).isEqualTo(Reason.MASTER_LOST);
    assertThat(world.topology().generation()).isEqualTo(1);
    assertThat(world.plan().holds()).isEmpty();
  }

  @Test
  void what_leads_to_nothing_is_named_with_what_was_expected() {
    world.confirm("0@1, 1@1,nonsense");
    assertThat(complaint()).isEqualTo("kibi.dev/recover-uncleanly: 1@1,nonsense (expected: 0@1)");
    world.confirm("0@2");
    assertThat(world.plan().step()).isEmpty();
    assertThat(complaint()).endsWith("0@2 (expected: 0@1)");

    lost.heal();
    behind.heal();

    assertThat(complaint())
        .endsWith("0@2 (expected: SHARD@EPOCH of a shard that waits for copies, and none does)");
    world.confirm("");
    assertThat(world.plan().holds()).isEmpty();
  }

  private void cutOff(FakePod pod, FakePod copy) {
    pod.contact = Contact.LOST;
    world.silence(pod, 9_000);
    copy.suspects = List.of(pod.node());
  }

  private String waiting() {
    return world.plan().hold(Reason.WAITING_FOR_COPIES).orElseThrow().message();
  }

  private String complaint() {
    return world.plan().hold(Reason.CONFIRMATION_UNUSABLE).orElseThrow().message();
  }
}
