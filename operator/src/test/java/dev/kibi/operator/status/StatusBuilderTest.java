package dev.kibi.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheClusterSpec;
import dev.kibi.crds.CacheClusterStatus;
import dev.kibi.operator.diagnosis.Trouble;
import dev.kibi.operator.model.SpecReader;
import dev.kibi.operator.plan.Contact;
import dev.kibi.operator.plan.Disruption;
import dev.kibi.operator.plan.Hold;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.ObservedPod;
import dev.kibi.operator.plan.ObservedSet;
import dev.kibi.operator.plan.Plan;
import dev.kibi.operator.plan.PodState;
import dev.kibi.operator.plan.Reason;
import dev.kibi.operator.plan.Timers;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusBuilderTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final NodeId MASTER = NodeId.parse("a/1");
  private static final NodeId REPLICA = NodeId.parse("b/1");
  private static final long NOW = 1_000_000_000_000L;

  private List<NodeId> inSync = List.of(MASTER, REPLICA);
  private NodeRole role = NodeRole.MASTER;
  private Contact contact = Contact.OPEN;
  private List<SlotMove> moves = List.of();
  private List<Hold> holds = List.of();
  private List<String> problems = List.of();
  private List<String> failures = List.of();
  private List<Trouble> troubles = List.of();
  private Optional<Disruption> disruption = Optional.empty();
  private String revision = "first";
  private int pendingSlots;
  private int wantedShards = 1;
  private long generation = 1;
  private long epoch = 1;
  private boolean bootstrapped = true;

  @Test
  void a_healthy_cluster_is_ready_and_says_where_to_connect() {
    CacheClusterStatus status = build(null, NOON);

    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    assertThat(status.getReadyShards()).isEqualTo(1);
    assertThat(status.getSelector()).isEqualTo("kibi.dev/cluster=shop,kibi.dev/role=master");
    assertThat(status.getEndpoints()).isNotNull();
    assertThat(status.getShardStatuses().getFirst().getMaster()).isEqualTo("shop-0-0");
    assertThat(status.getConditions())
        .hasSize(7)
        .allMatch(c -> !c.getReason().isEmpty() && !c.getMessage().isEmpty());
    assertThat(status.getObservedGeneration()).isEqualTo(4);
  }

  @Test
  void it_never_says_ready_while_a_copy_is_missing() {
    inSync = List.of(MASTER);

    Condition ready = condition(build(null, NOON), "Ready");

    assertThat(ready.getStatus()).isEqualTo("False");
    assertThat(ready.getReason()).isEqualTo("CopiesMissing");
    assertThat(ready.getMessage()).contains("1 of 2 copies");
  }

  @Test
  void it_never_says_ready_while_a_master_does_not_serve_or_is_not_heard() {
    role = NodeRole.OPENING;
    assertThat(condition(build(null, NOON), "SlotsCovered").getReason())
        .isEqualTo("MasterNotServing");
    role = NodeRole.MASTER;
    contact = Contact.REFUSED;
    assertThat(condition(build(null, NOON), "Ready").getMessage()).contains("shop-0-0");
  }

  @Test
  void the_transition_time_moves_only_when_the_status_does() {
    CacheClusterStatus first = build(null, NOON);
    CacheClusterStatus second = build(first, LATER);
    assertThat(condition(second, "Ready").getLastTransitionTime())
        .isEqualTo("2026-01-01T12:00:00Z");

    inSync = List.of(MASTER);
    CacheClusterStatus third = build(second, LATER);

    assertThat(condition(third, "Ready").getLastTransitionTime()).isEqualTo("2026-01-01T12:01:00Z");
    assertThat(condition(third, "SlotsCovered").getLastTransitionTime())
        .isEqualTo("2026-01-01T12:00:00Z");
  }

  @Test
  void a_rebalance_is_no_lack_of_readiness() {
    moves = List.of(new SlotMove(1, SlotSet.of(3, 4), 0, 1, 1, 1));
    pendingSlots = 7;

    CacheClusterStatus status = build(null, NOON);

    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    assertThat(condition(status, "Rebalancing").getMessage())
        .isEqualTo("2 slots are moving, 7 wait.");
  }

  @Test
  void a_rebalance_that_is_held_says_why() {
    pendingSlots = 9;
    holds = List.of(new Hold(Reason.REBALANCE_PAUSED, "9 slots wait"));

    Condition rebalancing = condition(build(null, NOON), "Rebalancing");

    assertThat(rebalancing.getStatus()).isEqualTo("False");
    assertThat(rebalancing.getReason()).isEqualTo("RebalancePaused");
  }

  @Test
  void a_cluster_without_a_topology_says_what_it_waits_for() {
    bootstrapped = false;
    holds = List.of(new Hold(Reason.WAITING_FOR_NODES, "no node has reported yet for shards [0]"));

    CacheClusterStatus status = build(null, NOON);

    assertThat(condition(status, "Ready").getReason()).isEqualTo("WaitingForNodes");
    assertThat(status.getShards()).isZero();
  }

  @Test
  void a_bad_spec_is_not_accepted_and_failures_are_told() {
    problems = List.of("spec.shards: 0 (expected: 1..512)");
    assertThat(condition(build(null, NOON), "SpecAccepted").getMessage())
        .contains("spec.shards: 0");
    failures = List.of("StatefulSet: forbidden");
    assertThat(condition(build(null, NOON), "Ready").getReason()).isEqualTo("OperationFailed");
  }

  @Test
  void a_confirmation_that_leads_to_nothing_is_not_accepted_and_warned_of() {
    CacheClusterStatus before = build(null, NOON);
    holds = List.of(new Hold(Reason.CONFIRMATION_UNUSABLE, "0@3 (expected: 0@4)"));

    CacheClusterStatus status = build(before, NOON);

    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    assertThat(condition(status, "SpecAccepted").getMessage()).endsWith("0@3 (expected: 0@4)");
    assertThat(StatusChange.between(before, status).announcements())
        .singleElement()
        .matches(said -> said.warning() && said.reason().equals("ConfirmationUnusable"));
  }

  @Test
  void what_keeps_a_pod_from_working_comes_before_what_is_lacking_for_it() {
    inSync = List.of(MASTER);
    troubles = List.of(new Trouble("ImageNotPulled", "shop-0-1: image x cannot be pulled: gone"));

    Condition ready = condition(build(null, NOON), "Ready");

    assertThat(ready.getReason()).isEqualTo("ImageNotPulled");
    assertThat(ready.getMessage())
        .isEqualTo("shop-0-1: image x cannot be pulled: gone; shard 0: 1 of 2 copies in sync");
  }

  @Test
  void trouble_with_a_pod_that_nothing_lacks_for_leaves_the_cluster_ready() {
    troubles = List.of(new Trouble("Unschedulable", "shop-0-2: no room"));

    assertThat(condition(build(null, NOON), "Ready").getStatus()).isEqualTo("True");
  }

  @Test
  void a_rollout_tells_how_far_it_is_and_what_comes_next() {
    assertThat(condition(build(null, NOON), "UpToDate").getReason()).isEqualTo("AllPodsUpToDate");

    revision = "second";
    disruption =
        Optional.of(
            new Disruption.DeletePod("shop-0-0", "a", Reason.POD_OUTDATED, "shop-0-0 is replaced"));
    Condition upToDate = condition(build(null, NOON), "UpToDate");

    assertThat(upToDate.getStatus()).isEqualTo("False");
    assertThat(upToDate.getReason()).isEqualTo("PodOutdated");
    assertThat(upToDate.getMessage())
        .isEqualTo("0 of 1 pods are of the present template, shop-0-0 is replaced");
  }

  @Test
  void a_rollout_that_waits_for_a_pod_in_trouble_is_stuck_and_an_event_warns_of_it() {
    revision = "second";
    holds = List.of(new Hold(Reason.ROLLOUT_WAITING, "waits for shop-0-1"));
    CacheClusterStatus waiting = build(null, NOON);
    assertThat(condition(waiting, "UpToDate").getReason()).isEqualTo("RolloutWaiting");

    troubles = List.of(new Trouble("ImageNotPulled", "shop-0-1: image x cannot be pulled: gone"));
    CacheClusterStatus stuck = build(waiting, NOON);

    assertThat(condition(stuck, "UpToDate").getMessage())
        .isEqualTo(
            "shop-0-1: image x cannot be pulled: gone; "
                + "0 of 1 pods are of the present template, waits for shop-0-1");
    assertThat(StatusChange.between(waiting, stuck).announcements())
        .singleElement()
        .matches(said -> said.warning() && said.reason().equals("RolloutStuck"));
    assertThat(StatusChange.between(stuck, build(stuck, NOON)).announcements()).isEmpty();
  }

  @Test
  void a_new_cluster_with_a_bad_spec_says_so_and_not_that_it_is_paused() {
    bootstrapped = false;
    problems = List.of("spec.memory.maxMemory: 10Gi (expected: at most 512Mi)");
    holds = List.of(new Hold(Reason.PAUSED, "spec.paused is true"));

    CacheClusterStatus status = build(null, NOON);

    Condition ready = condition(status, "Ready");
    assertThat(ready.getReason()).isEqualTo("InvalidSpec");
    assertThat(ready.getMessage()).contains("spec.memory.maxMemory: 10Gi");
    assertThat(StatusChange.between(null, status).announcements())
        .containsExactly(new StatusChange.Announcement(true, "InvalidSpec", ready.getMessage()));
  }

  @Test
  void progress_is_told_apart_from_what_people_must_see() {
    CacheClusterStatus before = build(null, NOON);
    moves = List.of(new SlotMove(1, SlotSet.of(3), 0, 1, 1, 1));
    CacheClusterStatus moving = build(before, NOON);
    moves = List.of(new SlotMove(2, SlotSet.of(5, 6), 0, 1, 1, 1));
    CacheClusterStatus further = build(moving, NOON);

    assertThat(StatusChange.between(before, moving).isProgressOnly()).isFalse();
    assertThat(StatusChange.between(before, moving).announcements())
        .extracting(StatusChange.Announcement::reason)
        .containsExactly("RebalanceStarted");
    assertThat(StatusChange.between(moving, further).isProgressOnly()).isTrue();
    assertThat(StatusChange.between(moving, further).announcements()).isEmpty();
  }

  @Test
  void growing_as_was_asked_for_is_no_warning_and_a_missing_copy_is_one() {
    CacheClusterStatus before = build(null, NOON);
    wantedShards = 2;
    CacheClusterStatus growing = build(before, NOON);
    wantedShards = 1;
    inSync = List.of(MASTER);
    CacheClusterStatus lacking = build(before, NOON);

    assertThat(StatusChange.between(before, growing).announcements())
        .singleElement()
        .matches(said -> !said.warning() && said.reason().equals("ShardsStarting"));
    assertThat(StatusChange.between(before, lacking).announcements())
        .singleElement()
        .matches(said -> said.warning() && said.reason().equals("CopiesMissing"));
  }

  @Test
  void a_loss_of_all_copies_is_told_for_ever() {
    assertThat(condition(build(null, NOON), "DataIntact").getStatus()).isEqualTo("True");
    generation = 2;

    CacheClusterStatus status = build(null, NOON);

    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    assertThat(condition(status, "DataIntact").getReason()).isEqualTo("AllCopiesLost");
    assertThat(condition(status, "DataIntact").getMessage()).endsWith("had held: 1 time.");
  }

  @Test
  void every_generation_that_no_status_has_recorded_is_a_loss_to_tell_of() {
    bootstrapped = false;
    CacheClusterStatus starting = build(null, NOON);
    bootstrapped = true;
    CacheClusterStatus intact = build(starting, NOON);
    assertThat(StatusChange.between(starting, intact).losses()).isEmpty();
    generation = 3;
    epoch = 4;

    CacheClusterStatus lost = build(intact, NOON);
    StatusChange change = StatusChange.between(intact, lost);

    assertThat(change.losses()).extracting(StatusChange.Loss::generation).containsExactly(2L, 3L);
    assertThat(change.losses().getLast().reason()).isEqualTo("AllCopiesLost");
    assertThat(change.losses().getLast().message())
        .endsWith("Generation 3; shards with a new epoch: 0 (led by shop-0-0, epoch 4)");
    assertThat(change.isProgressOnly()).isFalse();
    assertThat(StatusChange.between(null, lost).losses()).hasSize(2);
    assertThat(StatusChange.between(starting, lost).losses()).hasSize(2);
    assertThat(StatusChange.between(lost, build(lost, NOON)).losses()).isEmpty();
  }

  @Test
  void what_an_operator_that_recorded_no_generation_may_have_told_is_not_told_again() {
    generation = 2;
    CacheClusterStatus earlier = build(null, NOON);
    earlier.setDataGeneration(null);

    CacheClusterStatus now = build(earlier, NOON);

    assertThat(StatusChange.between(earlier, now).losses()).isEmpty();
    assertThat(now.getDataGeneration()).isEqualTo(2);
  }

  private CacheClusterStatus build(@Nullable CacheClusterStatus before, Instant now) {
    CacheCluster cluster = new CacheCluster();
    cluster.setSpec(new CacheClusterSpec());
    cluster.getMetadata().setNamespace("test");
    cluster.getMetadata().setName("shop");
    cluster.getMetadata().setUid("uid");
    cluster.getMetadata().setGeneration(4L);
    cluster.getSpec().setShards(wantedShards);
    Facts facts =
        new Facts(
            cluster,
            new SpecReader("1", true).read(cluster),
            problems,
            failures,
            troubles,
            new ObservedCluster(
                bootstrapped ? topology() : null,
                List.of(pod()),
                List.of(new ObservedSet(0, 2, revision))),
            new Plan(Optional.empty(), disruption, holds, Map.of(), pendingSlots, Optional.empty()),
            NOW,
            Timers.scaled(1));
    return StatusBuilder.build(facts, before, now);
  }

  private Topology topology() {
    return new Topology(
        "uid",
        generation,
        5,
        1,
        Durability.PREFERRED,
        List.of(
            new NodeInfo(MASTER, "shop-0-0", "", "127.0.0.1"),
            new NodeInfo(REPLICA, "shop-0-1", "", "127.0.0.1")),
        List.of(new Shard(0, epoch, MASTER, false, inSync, List.of(), List.of())),
        SlotMap.of(Map.of(0, SlotSet.ALL)),
        moves,
        9);
  }

  private ObservedPod pod() {
    NodeReport report =
        new NodeReport(
            "uid",
            MASTER,
            "shop-0-0",
            "",
            "127.0.0.1",
            0,
            role,
            5,
            1,
            1,
            10,
            10,
            true,
            false,
            List.of(),
            3,
            4,
            5);
    PodState state = new PodState("", "first", true, true, false, "master", false);
    return new ObservedPod("shop-0-0", "a", 0, state, contact, report, NOW);
  }

  private static Condition condition(CacheClusterStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
