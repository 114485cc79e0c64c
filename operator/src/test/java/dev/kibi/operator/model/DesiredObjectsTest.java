package dev.kibi.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.crds.CacheCluster;
import dev.kibi.crds.CacheClusterSpec;
import dev.kibi.protocol.topology.Durability;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DesiredObjectsTest {

  @Test
  void the_stateful_set_of_a_shard_is_what_the_golden_file_says() throws IOException {
    String yaml = Serialization.asYaml(objects(spec -> {}).statefulSets().getFirst());

    assertThat(yaml).as("a change here restarts every pod").isEqualTo(golden("statefulset.yaml"));
  }

  @Test
  void a_pod_whose_links_are_in_the_clear_mounts_no_certificates() {
    CacheCluster cluster = new CacheCluster();
    cluster.setSpec(new CacheClusterSpec());
    cluster.getMetadata().setNamespace("test");
    cluster.getMetadata().setName("shop");
    cluster.getMetadata().setUid("uid-1");
    DesiredCluster clear = new SpecReader("1", false).read(cluster);

    String yaml =
        Serialization.asYaml(
            DesiredObjects.of(clear, List.of(), Map.of()).statefulSets().getFirst());

    assertThat(yaml).doesNotContain("peer-tls").doesNotContain("PEER_TLS");
  }

  @Test
  void immutable_fields_do_not_follow_the_spec() {
    StatefulSet before = objects(spec -> {}).statefulSets().getFirst();
    StatefulSet after =
        objects(
                spec -> {
                  spec.setReplicas(3);
                  spec.setShards(9);
                  spec.setImage("other");
                  spec.getMemory().setMaxMemory("1Gi");
                })
            .statefulSets()
            .getFirst();

    assertThat(after.getSpec().getSelector()).isEqualTo(before.getSpec().getSelector());
    assertThat(after.getSpec().getServiceName()).isEqualTo(before.getSpec().getServiceName());
    assertThat(after.getSpec().getPodManagementPolicy())
        .isEqualTo(before.getSpec().getPodManagementPolicy());
  }

  @Test
  void the_pod_template_does_not_change_with_what_concerns_no_pod() {
    StatefulSet before = objects(spec -> {}).statefulSets().getFirst();
    StatefulSet after =
        objects(
                spec -> {
                  spec.setReplicas(3);
                  spec.setShards(9);
                  spec.getRebalance().setMaxConcurrentMoves(9);
                })
            .statefulSets()
            .getFirst();

    assertThat(after.getSpec().getTemplate()).isEqualTo(before.getSpec().getTemplate());
  }

  @Test
  void pitfall_17_the_pod_template_follows_from_the_spec_and_every_part_of_it_is_the_users()
      throws IOException {
    StatefulSet set =
        objects(
                spec -> {
                  CacheClusterSpec given = given();
                  spec.setImage(given.getImage());
                  spec.setImagePullPolicy(given.getImagePullPolicy());
                  spec.setImagePullSecrets(given.getImagePullSecrets());
                  spec.setScheduling(given.getScheduling());
                  spec.setPodTemplate(given.getPodTemplate());
                  spec.setNetworking(given.getNetworking());
                })
            .statefulSets()
            .getFirst();

    assertThat(Serialization.asYaml(set.getSpec().getTemplate()))
        .isEqualTo(golden("podtemplate.yaml"));
  }

  private static CacheClusterSpec given() {
    return Serialization.unmarshal(
        """
        ---
        image: registry.example/kibi:1
        imagePullPolicy: Always
        imagePullSecrets: [{name: pull}]
        scheduling:
          spread: {node: required, zone: "off"}
          nodeSelector: {disk: fast}
          tolerations: [{key: cache, operator: Exists, effect: NoSchedule}]
          priorityClassName: important
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                - matchExpressions: [{key: arch, operator: In, values: [amd64]}]
        podTemplate:
          labels: {team: shop}
          annotations: {note: mine}
          scratch: {size: 2048Mi, storageClassName: fast}
        networking: {clusterDomain: corp.example}
        """,
        CacheClusterSpec.class);
  }

  private static String golden(String file) throws IOException {
    try (var golden = DesiredObjectsTest.class.getResourceAsStream("/golden/" + file)) {
      return new String(
          Optional.ofNullable(golden).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void quantities_are_written_as_the_api_server_stores_them() {
    assertThat(CanonicalQuantity.of("2048Mi")).isEqualTo("2Gi");
    assertThat(CanonicalQuantity.of("1536Mi")).isEqualTo("1536Mi");
    assertThat(CanonicalQuantity.of("1000M")).isEqualTo("1G");
    assertThat(CanonicalQuantity.of("1000")).isEqualTo("1k");
    assertThat(CanonicalQuantity.of("1024")).isEqualTo("1024");
    assertThat(CanonicalQuantity.of("1Ti")).isEqualTo("1Ti");
  }

  @Test
  void a_shard_the_topology_still_has_keeps_its_objects_though_the_spec_has_fewer() {
    DesiredObjects objects =
        DesiredObjects.of(desired(spec -> spec.setShards(2)), List.of(0, 1, 4), Map.of());

    assertThat(objects.statefulSets())
        .extracting(set -> set.getMetadata().getName())
        .containsExactly("shop-0", "shop-1", "shop-4");
    assertThat(objects.disruptionBudgets()).hasSize(3);
  }

  @Test
  void disruption_budgets_can_be_turned_off() {
    assertThat(objects(spec -> spec.getPodDisruptionBudget().setEnabled(false)).disruptionBudgets())
        .isEmpty();
  }

  @Test
  void nodes_find_each_other_before_they_are_ready_and_readers_reach_replicas_only() {
    List<Service> services = objects(spec -> {}).services();

    Service headless =
        services.stream()
            .filter(s -> s.getMetadata().getName().equals("shop-nodes"))
            .findFirst()
            .orElseThrow();
    Service read =
        services.stream()
            .filter(s -> s.getMetadata().getName().equals("shop-read"))
            .findFirst()
            .orElseThrow();
    assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(read.getSpec().getSelector()).containsEntry(Labels.ROLE, Labels.ROLE_REPLICA);
    assertThat(services)
        .allMatch(
            s -> s.getSpec().getPorts().stream().allMatch(p -> "TCP".equals(p.getProtocol())));
  }

  @Test
  void a_node_may_change_the_topology_of_its_own_cluster_and_nothing_else() {
    var rules = objects(spec -> {}).role().getRules();

    assertThat(rules).hasSize(1);
    assertThat(rules.getFirst().getResources()).containsExactly("cachetopologies");
    assertThat(rules.getFirst().getResourceNames()).containsExactly("shop");
    assertThat(rules.getFirst().getVerbs())
        .containsExactlyInAnyOrder("get", "list", "watch", "update");
  }

  @Test
  void no_environment_variable_is_empty_and_field_references_name_their_version() {
    List<EnvVar> env =
        objects(spec -> {})
            .statefulSets()
            .getFirst()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv();

    assertThat(env)
        .allMatch(e -> e.getValueFrom() != null || !e.getValue().isEmpty())
        .filteredOn(e -> e.getValueFrom() != null && e.getValueFrom().getFieldRef() != null)
        .hasSize(4)
        .allMatch(e -> e.getValueFrom().getFieldRef().getApiVersion().equals("v1"));
  }

  @Test
  void a_spec_that_cannot_be_done_is_told_with_the_field_and_what_was_expected() {
    CacheClusterSpec spec = new CacheClusterSpec();
    spec.setShards(0);
    spec.setReplicas(-1);
    spec.getMemory().setMaxMemory("lots");

    assertThat(SpecReader.problems(spec))
        .containsExactly(
            "spec.shards: 0 (expected: 1..512)",
            "spec.replicas: -1 (expected: 0..5)",
            "spec.memory.maxMemory: \"lots\" (expected: a percentage such as 75% or a quantity such as 512Mi)");
  }

  @Test
  void a_negative_amount_of_a_resource_is_refused() {
    CacheClusterSpec spec = new CacheClusterSpec();
    spec.setResources(
        new ResourceRequirementsBuilder()
            .addToRequests("cpu", new Quantity("-100m"))
            .addToLimits("memory", new Quantity("-1"))
            .build());

    assertThat(SpecReader.problems(spec))
        .contains(
            "spec.resources.requests.cpu: -100m (expected: 0 or more)",
            "spec.resources.limits.memory: -1 (expected: 0 or more)");
  }

  @Test
  void more_data_than_the_memory_limit_is_refused() {
    CacheClusterSpec spec = new CacheClusterSpec();
    spec.getMemory().setMaxMemory("2Gi");
    spec.setResources(
        new ResourceRequirementsBuilder().addToLimits("memory", new Quantity("1Gi")).build());

    assertThat(SpecReader.problems(spec))
        .singleElement()
        .asString()
        .contains("2Gi")
        .contains("limits.memory, 1Gi");
    assertThat(SpecReader.problems(new CacheClusterSpec())).isEmpty();
  }

  private static DesiredObjects objects(Consumer<CacheClusterSpec> change) {
    return DesiredObjects.of(desired(change), List.of(), Map.of());
  }

  private static DesiredCluster desired(Consumer<CacheClusterSpec> change) {
    CacheCluster cluster = new CacheCluster();
    cluster.setSpec(new CacheClusterSpec());
    cluster.getMetadata().setNamespace("test");
    cluster.getMetadata().setName("shop");
    cluster.getMetadata().setUid("uid-1");
    change.accept(cluster.getSpec());
    DesiredCluster desired = new SpecReader("1", true).read(cluster);
    assertThat(desired.durability()).isEqualTo(Durability.PREFERRED);
    return desired;
  }
}
