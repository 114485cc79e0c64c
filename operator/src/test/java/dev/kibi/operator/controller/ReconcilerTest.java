package dev.kibi.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.KubernetesAuthority;
import dev.kibi.operator.KibiOperator;
import dev.kibi.operator.OperatorConfig;
import dev.kibi.operator.fake.FakeApi;
import dev.kibi.operator.fake.FakeKubelet;
import dev.kibi.operator.fake.FakeNode;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole operator against an API server in memory and nodes that speak the frames. */
class ReconcilerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private FakeApi api;
  private FakeKubelet kubelet;
  private KubernetesClient operatorClient;
  private KibiOperator operator;

  @BeforeEach
  void start() {
    api = new FakeApi();
    kubelet = new FakeKubelet(api.client());
    startOperator();
  }

  @AfterEach
  void stop() {
    stopOperator();
    kubelet.close();
    api.close();
  }

  private void startOperator() {
    startOperator("3");
  }

  private void startOperator(String timerFactor) {
    operatorClient = api.operatorClient();
    OperatorConfig config =
        OperatorConfig.from(
            Map.of(
                "KIBI_TIMER_FACTOR",
                timerFactor,
                "KIBI_SERVER_SIDE_APPLY",
                "false",
                "KIBI_LEADER_ELECTION",
                "false"));
    operator = new KibiOperator(config, operatorClient, kubelet.port());
    operator.start();
  }

  private void stopOperator() {
    operator.close();
    operatorClient.close();
  }

  @Test
  void a_new_cluster_gets_its_objects_its_topology_and_becomes_ready() {
    create("shop", 3, 1);
    untilReady("shop");

    Topology topology = topology("shop");
    assertThat(topology.shards()).hasSize(3).allMatch(shard -> shard.inSync().size() == 2);
    assertThat(topology.slots().isComplete()).isTrue();
    assertThat(names("shop", api.client().services()))
        .containsExactlyInAnyOrder("shop", "shop-read", "shop-nodes");
    assertThat(names("shop", api.client().policy().v1().podDisruptionBudget())).hasSize(3);
    assertThat(api.client().rbac().roleBindings().inNamespace("test").withName("shop-node").get())
        .isNotNull();
    assertThat(owned("shop")).hasSizeGreaterThan(9).allMatch(this::isOwnedWithoutBlocking);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(masters("shop")).isEqualTo(mastersByTopology("shop")));
    assertThat(api.cluster("shop").orElseThrow().getStatus().getReadyShards()).isEqualTo(3);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(reasons("shop")).contains("Bootstrap"));
  }

  @Test
  void scaling_up_and_down_moves_the_slots_and_removes_what_is_empty() {
    create("shop", 3, 1);
    untilReady("shop");

    scale("shop", 5);
    await().atMost(PATIENCE).until(() -> owned(5, 204) && isSettled("shop"));

    scale("shop", 2);
    await().atMost(PATIENCE).until(() -> owned(2, 512) && isSettled("shop"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(names("shop", api.client().apps().statefulSets()))
                .containsExactlyInAnyOrder("shop-0", "shop-1"));
    untilReady("shop");
    assertThat(reasons("shop"))
        .contains("ShardsAdded", "ShardsRemoved", "RebalanceStarted", "RebalanceEnded");
  }

  @Test
  void a_killed_master_is_replaced_at_once_and_learns_after_its_restart() {
    create("shop", 2, 1);
    untilReady("shop");
    Shard before = topology("shop").shard(0).orElseThrow();
    String lost = masterPod("shop", 0);

    kubelet.kill(lost);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> topology("shop").shard(0).orElseThrow().epoch() > before.epoch());
    assertThat(topology("shop").shard(0).orElseThrow().master()).isNotEqualTo(before.master());
    assertThat(topology("shop").generation()).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> api.condition("shop", "Ready").startsWith("False"));

    kubelet.restart(lost);
    untilReady("shop");
    Topology after = topology("shop");
    assertThat(after.shard(0).orElseThrow().isMember(kubelet.node(lost).id())).isTrue();
    assertThat(after.nodes()).hasSize(4);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(masters("shop")).isEqualTo(mastersByTopology("shop")));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reasons("shop")).contains("MasterLost", "MembersChanged"));
  }

  @Test
  void a_master_that_restarts_faster_than_anyone_notices_does_not_stay_master() {
    create("shop", 1, 1);
    untilReady("shop");
    String restarted = masterPod("shop", 0);
    NodeId dead = kubelet.node(restarted).id();

    kubelet.restart(restarted);

    await().atMost(PATIENCE).until(() -> !topology("shop").shard(0).orElseThrow().isMember(dead));
    assertThat(masterPod("shop", 0)).isNotEqualTo(restarted);
    assertThat(topology("shop").generation()).isEqualTo(1);
    untilReady("shop");
  }

  @Test
  void a_pod_that_lost_its_labels_is_not_taken_for_dead_and_still_replaced_when_it_dies() {
    create("shop", 1, 1);
    untilReady("shop");
    String master = masterPod("shop", 0);
    Shard before = topology("shop").shard(0).orElseThrow();

    api.client()
        .pods()
        .inNamespace("test")
        .withName(master)
        .edit(pod -> new PodBuilder(pod).editMetadata().withLabels(Map.of()).endMetadata().build());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(api.condition("shop", "Ready")).isEqualTo("False OperationFailed"));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .until(() -> topology("shop").shard(0).orElseThrow().equals(before));
    kubelet.kill(master);
    await()
        .atMost(PATIENCE)
        .until(() -> topology("shop").shard(0).orElseThrow().epoch() > before.epoch());
    assertThat(topology("shop").generation()).isEqualTo(1);
  }

  @Test
  void a_silent_master_is_replaced_when_its_replica_suspects_it_too() {
    create("shop", 1, 1);
    untilReady("shop");
    String master = masterPod("shop", 0);
    FakeNode replica =
        kubelet.nodes().stream()
            .filter(n -> !n.id().equals(kubelet.node(master).id()))
            .findFirst()
            .orElseThrow();

    kubelet.node(master).silent = true;
    replica.suspects = List.of(kubelet.node(master).id());

    await()
        .atMost(PATIENCE)
        .until(() -> replica.id().equals(topology("shop").shard(0).orElseThrow().master()));
  }

  @Test
  void all_pods_replaced_at_once_heals_in_a_new_generation_and_says_so() {
    create("shop", 2, 1);
    untilReady("shop");

    kubelet.nodes().forEach(FakeNode::close);
    List.of("shop-0-0", "shop-0-1", "shop-1-0", "shop-1-1").forEach(kubelet::replacePod);

    await().atMost(PATIENCE).until(() -> topology("shop").generation() > 1);
    untilReady("shop");
    untilLossIsTold();
    assertThat(operator.scrape())
        .contains("kibi_cluster_data_intact{cluster=\"shop\",namespace=\"test\"} 0.0")
        .contains("kibi_operator_steps_total{action=\"UncleanRecovery\"");
  }

  @Test
  void a_new_generation_is_told_once_when_the_answer_is_lost_and_another_writer_is_quicker() {
    create("shop", 1, 1);
    untilReady("shop");
    api.beforeOperatorWrite(request -> {
      if (request.method().equals("PUT") && request.uri().getPath().contains("/cachetopologies/")) {
        CacheTopology sent =
            api.client()
                .getKubernetesSerialization()
                .unmarshal(request.bodyString(), CacheTopology.class);
        if (sent.getSpec().getGeneration() == 2) {
          api.beforeOperatorWrite(_ -> {});
          api.client().resource(sent).update(); // stored, and the operator hears nothing of it
          Topology stored = topology("shop");
          write(stored.atVersion(stored.version() + 1));
        }
      }
    });

    kubelet.nodes().forEach(FakeNode::close);
    List.of("shop-0-0", "shop-0-1").forEach(kubelet::replacePod);

    await().atMost(PATIENCE).until(() -> topology("shop").generation() > 1);
    untilReady("shop");
    untilLossIsTold();
    assertThat(operator.scrape()).doesNotContain("action=\"UncleanRecovery\"");
  }

  @Test
  void a_generation_opened_by_an_operator_that_died_is_told_by_the_next_and_by_no_later_one() {
    create("shop", 1, 1);
    untilReady("shop");
    untilQuiet();
    stopOperator();
    Topology before = topology("shop");
    write(before.nextGeneration(before.nodes(), before.shards()));

    startOperator();
    untilLossIsTold();
    stopOperator();
    startOperator();
    kubelet.kill(masterPod("shop", 0));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reasons("shop")).contains("MasterLost"));
    untilLossIsTold();
  }

  @Test
  void nothing_is_written_in_steady_state_whatever_wakes_the_reconciler() {
    create("shop", 3, 1);
    untilReady("shop");
    await().atMost(PATIENCE).until(() -> masters("shop").equals(mastersByTopology("shop")));
    untilQuiet();
    int before = api.operatorWrites().size();

    api.edit("shop", cluster -> cluster.getMetadata().setAnnotations(Map.of("note", "touched")));
    kubelet.nodes().forEach(node -> node.lsn = 1_100);
    kubelet.nodes().getFirst().suspects = List.of(kubelet.nodes().getLast().id());

    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(api.operatorWrites().subList(before, api.operatorWrites().size()))
                .isEmpty());
  }

  @Test
  void a_new_operator_takes_over_without_writing_anything() {
    create("shop", 2, 1);
    untilReady("shop");
    await().atMost(PATIENCE).until(() -> masters("shop").equals(mastersByTopology("shop")));
    untilQuiet();
    stopOperator();
    int before = api.operatorWrites().size();

    startOperator();

    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(api.operatorWrites().subList(before, api.operatorWrites().size()))
                .isEmpty());
    kubelet.kill(masterPod("shop", 1));
    await().atMost(PATIENCE).until(() -> topology("shop").shard(1).orElseThrow().epoch() == 2);
  }

  @Test
  void deleting_a_cluster_removes_its_stateful_sets_and_topology_before_the_finalizer_goes() {
    create("shop", 2, 0);
    untilReady("shop");

    api.client().resource(api.cluster("shop").orElseThrow()).delete();

    await().atMost(PATIENCE).until(() -> api.cluster("shop").isEmpty());
    assertThat(api.topology("shop")).isEmpty();
    assertThat(names("shop", api.client().apps().statefulSets())).isEmpty();
    api.client().secrets().inNamespace("test").delete(); // as Kubernetes does, by their owner
    create("shop", 3, 0);
    untilReady("shop");
    assertThat(topology("shop").version()).isLessThan(10);
  }

  @Test
  void a_cluster_with_a_bad_spec_says_so_and_harms_no_other() {
    api.create("broken", cluster -> cluster.getSpec().setShards(0));
    create("shop", 2, 0);

    untilReady("shop");
    await()
        .atMost(PATIENCE)
        .until(() -> api.condition("broken", "SpecAccepted").equals("False InvalidSpec"));
    kubelet.kill("shop-0-0");
    kubelet.restart("shop-0-0");
    untilReady("shop");

    api.edit("broken", cluster -> cluster.getSpec().setShards(1));
    untilReady("broken");
  }

  @Test
  void a_bad_spec_on_a_running_cluster_changes_nothing_and_failover_goes_on() {
    create("shop", 2, 1);
    untilReady("shop");
    api.edit("shop", cluster -> cluster.getSpec().setShards(-3));
    await()
        .atMost(PATIENCE)
        .until(() -> api.condition("shop", "SpecAccepted").equals("False InvalidSpec"));

    kubelet.kill(masterPod("shop", 1));

    await().atMost(PATIENCE).until(() -> topology("shop").shard(1).orElseThrow().epoch() == 2);
    assertThat(topology("shop").shards()).hasSize(2);
  }

  @Test
  void a_scale_down_that_memory_cannot_hold_is_refused_in_a_condition() {
    create("shop", 3, 0);
    untilReady("shop");
    kubelet.nodes().forEach(node -> node.usedBytes = 900_000);

    scale("shop", 1);

    await()
        .atMost(PATIENCE)
        .until(() -> api.condition("shop", "SpecAccepted").equals("False NotEnoughMemory"));
    assertThat(topology("shop").moves()).isEmpty();
    assertThat(api.condition("shop", "Ready")).isEqualTo("True Ready");
  }

  private void create(String name, int shards, int replicas) {
    api.create(
        name,
        cluster -> {
          cluster.getSpec().setShards(shards);
          cluster.getSpec().setReplicas(replicas);
        });
  }

  private void scale(String name, int shards) {
    api.edit(name, cluster -> cluster.getSpec().setShards(shards));
  }

  private void untilReady(String name) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(api.condition(name, "Ready")).isEqualTo("True Ready"));
  }

  /** Waits until a second has passed without a write. */
  private void untilQuiet() {
    int[] last = {-1};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          int now = api.operatorWrites().size();
          boolean quiet = now == last[0];
          last[0] = now;
          return quiet;
        });
  }

  /** Waits until every generation after the first is told of, once. */
  @Test
  void a_person_can_give_up_a_copy_that_cannot_be_reached() {
    stopOperator();
    startOperator("1");
    create("shop", 1, 1);
    untilReady("shop");
    FakeNode master = kubelet.node(masterPod("shop", 0));
    String other = masterPod("shop", 0).equals("shop-0-0") ? "shop-0-1" : "shop-0-0";
    master.keepsLearnersOut = true;
    kubelet.restart(other);
    await()
        .atMost(PATIENCE)
        .until(() -> topology("shop").shard(0).orElseThrow().inSync().size() == 1);
    master.silent = true;
    kubelet.node(other).suspects = List.of(master.id());
    await()
        .atMost(PATIENCE)
        .until(() -> api.condition("shop", "Ready").equals("False WaitingForCopies"));

    confirm("shop", "0@9");
    await()
        .atMost(PATIENCE)
        .until(() -> api.condition("shop", "SpecAccepted").equals("False ConfirmationUnusable"));
    confirm("shop", "0@" + topology("shop").shard(0).orElseThrow().epoch());

    await()
        .atMost(PATIENCE)
        .until(() -> other.equals(masterPod("shop", 0)) && topology("shop").generation() == 2);
    untilLossIsTold();
    assertThat(api.condition("shop", "SpecAccepted")).isEqualTo("True Accepted");
  }

  private void confirm(String name, String recovery) {
    api.edit(
        name,
        cluster ->
            cluster.getMetadata().setAnnotations(Map.of("kibi.dev/recover-uncleanly", recovery)));
  }

  private void untilLossIsTold() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          long generation = topology("shop").generation();
          assertThat(reasons("shop").stream().filter(reason -> reason.equals("AllCopiesLost")))
              .hasSize(Math.toIntExact(generation - 1));
          assertThat(operator.scrape())
              .contains(
                  "kibi_cluster_unclean_recoveries_total{cluster=\"shop\",namespace=\"test\"} "
                      + (generation - 1));
          assertThat(api.cluster("shop").orElseThrow().getStatus().getDataGeneration())
              .isEqualTo(generation);
        });
  }

  /** What a writer other than the operator stores. */
  private void write(Topology next) {
    KubernetesAuthority authority =
        new KubernetesAuthority(
            api.client(),
            new ObjectMetaBuilder().withNamespace("test").withName("shop").build(),
            next.clusterUid(),
            Duration.ofSeconds(5));
    assertThat(authority.compareAndSet(next.version() - 1, next, "another writer"))
        .isInstanceOf(CasOutcome.Applied.class);
  }

  private Topology topology(String name) {
    return api.topology(name).orElseThrow();
  }

  private boolean owned(int shards, int atLeast) {
    Topology topology = topology("shop");
    return topology.shards().size() == shards
        && topology.shards().stream()
            .allMatch(s -> topology.slots().slotsOf(s.id()).size() >= atLeast);
  }

  private boolean isSettled(String name) {
    return api.condition(name, "Rebalancing").equals("False Balanced")
        && topology(name).moves().isEmpty();
  }

  private String masterPod(String name, int shard) {
    Topology topology = topology(name);
    NodeId master = Optional.ofNullable(topology.shard(shard).orElseThrow().master()).orElseThrow();
    return topology.node(master).orElseThrow().pod();
  }

  private List<String> mastersByTopology(String name) {
    return topology(name).shards().stream()
        .map(shard -> masterPod(name, shard.id()))
        .sorted()
        .toList();
  }

  private List<String> masters(String name) {
    return api
        .client()
        .pods()
        .inNamespace("test")
        .withLabel("kibi.dev/role", "master")
        .list()
        .getItems()
        .stream()
        .filter(pod -> name.equals(pod.getMetadata().getLabels().get("kibi.dev/cluster")))
        .map(Pod::getMetadata)
        .map(metadata -> metadata.getName())
        .sorted()
        .toList();
  }

  private List<String> names(
      String cluster,
      MixedOperation<
              ? extends HasMetadata, ? extends KubernetesResourceList<? extends HasMetadata>, ?>
          kind) {
    return kind
        .inNamespace("test")
        .withLabel("kibi.dev/cluster", cluster)
        .list()
        .getItems()
        .stream()
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  private List<HasMetadata> owned(String cluster) {
    List<HasMetadata> objects = new ArrayList<>();
    Map<String, String> label = Map.of("kibi.dev/cluster", cluster);
    objects.addAll(
        api.client().apps().statefulSets().inNamespace("test").withLabels(label).list().getItems());
    objects.addAll(api.client().services().inNamespace("test").withLabels(label).list().getItems());
    objects.addAll(
        api.client().serviceAccounts().inNamespace("test").withLabels(label).list().getItems());
    objects.addAll(
        api.client().rbac().roles().inNamespace("test").withLabels(label).list().getItems());
    objects.addAll(
        api.client().rbac().roleBindings().inNamespace("test").withLabels(label).list().getItems());
    objects.addAll(
        api.client()
            .policy()
            .v1()
            .podDisruptionBudget()
            .inNamespace("test")
            .withLabels(label)
            .list()
            .getItems());
    objects.addAll(
        api.client()
            .resources(CacheTopology.class)
            .inNamespace("test")
            .withLabels(label)
            .list()
            .getItems());
    return objects;
  }

  private boolean isOwnedWithoutBlocking(HasMetadata object) {
    var owners = object.getMetadata().getOwnerReferences();
    return owners.size() == 1
        && owners.getFirst().getKind().equals("CacheCluster")
        && !Boolean.TRUE.equals(owners.getFirst().getBlockOwnerDeletion());
  }

  private List<String> reasons(String cluster) {
    return api.client().v1().events().inNamespace("test").list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(cluster))
        .map(Event::getReason)
        .collect(Collectors.toList());
  }
}
