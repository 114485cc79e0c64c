package dev.kibi.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.KibiOperator;
import dev.kibi.operator.OperatorConfig;
import dev.kibi.operator.fake.FakeApi;
import dev.kibi.operator.fake.FakeKubelet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the operator does to pods, against an API server in memory and nodes that speak the frames.
 */
class RolloutTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private FakeApi api;
  private FakeKubelet kubelet;
  private KubernetesClient operatorClient;
  private KibiOperator operator;

  @BeforeEach
  void start() {
    api = new FakeApi();
    kubelet = new FakeKubelet(api.client());
    operatorClient = api.operatorClient();
    operator =
        new KibiOperator(
            OperatorConfig.from(
                Map.of(
                    "KIBI_TIMER_FACTOR",
                    "3",
                    "KIBI_SERVER_SIDE_APPLY",
                    "false",
                    "KIBI_LEADER_ELECTION",
                    "false")),
            operatorClient,
            kubelet.port());
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.close();
    operatorClient.close();
    kubelet.close();
    api.close();
  }

  @Test
  void a_new_template_reaches_every_pod_one_at_a_time_with_planned_switchovers() {
    create(2, 1);
    untilDone();

    api.edit("shop", cluster -> cluster.getSpec().setImage("kibi/node:next"));
    await().atMost(PATIENCE).until(() -> images().equals(List.of("kibi/node:next")));
    untilDone();

    assertThat(topology().generation()).isEqualTo(1);
    assertThat(topology().shards()).allMatch(shard -> shard.epoch() == 2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(reasons())
                .contains("PodOutdated", "MasterOutdated", "RolloutStarted", "RolloutEnded"));
    assertThat(operator.scrape()).contains("kibi_operator_disruptions_total{kind=\"delete_pod\"");
  }

  @Test
  void without_replicas_a_new_template_loses_nothing_either() {
    create(1, 0);
    untilDone();

    api.edit("shop", cluster -> cluster.getSpec().setImage("kibi/node:next"));
    await().atMost(PATIENCE).until(() -> images().equals(List.of("kibi/node:next")));
    await().atMost(PATIENCE).until(() -> pods().size() == 1);
    untilDone();

    assertThat(topology().generation()).isEqualTo(1);
    assertThat(topology().shard(0).orElseThrow().epoch()).isEqualTo(3);
  }

  @Test
  void pitfall_16_a_bad_template_stops_at_one_replica_and_a_good_one_goes_on_at_once() {
    create(2, 1);
    untilDone();

    api.edit("shop", cluster -> cluster.getSpec().setImage("kibi/" + FakeKubelet.MISSING));
    await().atMost(PATIENCE).until(() -> is("UpToDate", "False RolloutStuck"));
    assertThat(message("UpToDate"))
        .containsPattern("shop-0-[01]: image kibi/missing cannot be pulled: not found")
        .contains("1 of 4 pods");
    await().atMost(PATIENCE).until(() -> is("Ready", "False ImageNotPulled"));
    assertThat(topology().shards()).extracting(s -> s.inSync().size()).containsExactly(1, 2);

    api.edit("shop", cluster -> cluster.getSpec().setImage("kibi/node:fixed"));
    await().atMost(PATIENCE).until(() -> images().equals(List.of("kibi/node:fixed")));
    untilDone();

    assertThat(topology().generation()).isEqualTo(1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reasons()).contains("RolloutStuck", "EmptyPodOutdated"));
  }

  @Test
  void an_annotated_pod_becomes_master_and_loses_the_annotation() {
    create(1, 1);
    untilDone();
    String before = masterPod();
    String wanted = before.equals("shop-0-0") ? "shop-0-1" : "shop-0-0";

    api.client()
        .pods()
        .inNamespace("test")
        .withName(wanted)
        .edit(pod -> {
          pod.getMetadata().setAnnotations(Map.of("kibi.dev/make-master", "true"));
          return pod;
        });

    await().atMost(PATIENCE).until(() -> masterPod().equals(wanted));
    await()
        .atMost(PATIENCE)
        .until(() ->
            Optional.ofNullable(
                        api.client()
                            .pods()
                            .inNamespace("test")
                            .withName(wanted)
                            .get()
                            .getMetadata()
                            .getAnnotations())
                    .orElse(Map.of())
                    .get("kibi.dev/make-master")
                == null);
    untilDone();
    assertThat(topology().shard(0).orElseThrow().epoch()).isEqualTo(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reasons()).contains("SwitchoverRequested"));
  }

  @Test
  void an_order_that_the_master_does_not_follow_is_repeated_and_told_once() {
    create(1, 1);
    untilDone();
    kubelet.nodes().forEach(node -> node.ignoresOrders = true);

    api.edit("shop", cluster -> cluster.getSpec().setImage("kibi/node:next"));
    await().atMost(PATIENCE).until(() -> is("UpToDate", "False MasterOutdated"));
    kubelet.nodes().forEach(node -> node.ignoresOrders = false);
    await().atMost(PATIENCE).until(() -> images().equals(List.of("kibi/node:next")));
    untilDone();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(reasons().stream().filter("MasterOutdated"::equals)).hasSize(1));
  }

  @Test
  void replicas_follow_the_spec_up_and_down() {
    create(1, 0);
    untilDone();

    api.edit("shop", cluster -> cluster.getSpec().setReplicas(2));
    await().atMost(PATIENCE).until(() -> topology().shard(0).orElseThrow().inSync().size() == 3);
    api.edit("shop", cluster -> cluster.getSpec().setReplicas(1));
    await().atMost(PATIENCE).until(() -> pods().size() == 2);
    untilDone();

    assertThat(topology().generation()).isEqualTo(1);
  }

  private void create(int shards, int replicas) {
    api.create(
        "shop",
        cluster -> {
          cluster.getSpec().setShards(shards);
          cluster.getSpec().setReplicas(replicas);
        });
  }

  private void untilDone() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(api.condition("shop", "UpToDate")).isEqualTo("True AllPodsUpToDate");
          assertThat(api.condition("shop", "Ready")).isEqualTo("True Ready");
          assertThat(generationSeen()).isTrue();
        });
  }

  private boolean generationSeen() {
    CacheCluster cluster = api.cluster("shop").orElseThrow();
    return cluster.getMetadata().getGeneration() == null
        || cluster
            .getMetadata()
            .getGeneration()
            .equals(cluster.getStatus().getObservedGeneration());
  }

  private boolean is(String type, String statusAndReason) {
    return api.condition("shop", type).equals(statusAndReason);
  }

  private String message(String type) {
    return api.cluster("shop").orElseThrow().getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(Condition::getMessage)
        .findFirst()
        .orElseThrow();
  }

  private Topology topology() {
    return api.topology("shop").orElseThrow();
  }

  private String masterPod() {
    NodeId master = Optional.ofNullable(topology().shard(0).orElseThrow().master()).orElseThrow();
    return topology().node(master).orElseThrow().pod();
  }

  private List<Pod> pods() {
    return api.client().pods().inNamespace("test").list().getItems();
  }

  private List<String> images() {
    return pods().stream()
        .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .distinct()
        .toList();
  }

  private List<String> reasons() {
    return api.client().v1().events().inNamespace("test").list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }
}
