package dev.kibi.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.fake.FakeApi;
import dev.kibi.operator.model.Labels;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MissingPodsTest {
  private static final ClusterKey CLUSTER = new ClusterKey("test", "shop");
  private static final int SHARD = 3;

  private final FakeApi api = new FakeApi();
  private final List<String> failures = new ArrayList<>();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void a_pod_that_lost_labels_is_alive_in_the_shard_of_its_node_and_is_told_of() {
    Pod pod = create("Running", Map.of(Labels.CLUSTER, "shop"));

    MissingPods.Found found = find(pod.getMetadata().getUid());

    assertThat(found.alive()).extracting(ShardPod::shard).containsExactly(SHARD);
    assertThat(found.gone()).isEmpty();
    assertThat(failures)
        .singleElement()
        .asString()
        .contains("shop-3-0", "kibi.dev/shard=3")
        .doesNotContain(Labels.CLUSTER);
  }

  @Test
  void a_pod_that_is_only_not_shown_yet_is_alive_and_nothing_is_wrong_with_it() {
    Pod pod = create("Running", Labels.ofShard("shop", SHARD));

    assertThat(find(pod.getMetadata().getUid()).alive()).hasSize(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void a_pod_is_gone_when_there_is_none_of_its_name_or_only_another_one() {
    assertThat(find("uid").gone()).containsExactly("uid");
    create("Running", Labels.ofShard("shop", SHARD));

    MissingPods.Found found = find("uid");

    assertThat(found.gone()).containsExactly("uid");
    assertThat(found.alive()).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void a_pod_that_has_ended_is_gone() {
    String uid = create("Failed", Map.of()).getMetadata().getUid();

    assertThat(find(uid).gone()).containsExactly(uid);
  }

  @Test
  void of_a_pod_that_cannot_be_read_nothing_is_known() {
    Config nobody =
        new ConfigBuilder()
            .withMasterUrl("http://127.0.0.1:1")
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient unreachable = new KubernetesClientBuilder().withConfig(nobody).build()) {
      MissingPods.Found found = find(unreachable, "uid");

      assertThat(found).isEqualTo(MissingPods.Found.NOTHING);
      assertThat(failures).singleElement().asString().startsWith("Pods cannot be read");
    }
  }

  private MissingPods.Found find(String uid) {
    return find(api.client(), uid);
  }

  private MissingPods.Found find(KubernetesClient client, String uid) {
    NodeInfo node = new NodeInfo(new NodeId(uid, "life"), "shop-3-0", "", "127.0.0.1");
    return new MissingPods(client)
        .find(CLUSTER, Topology.ofOneNode("cluster", node, SHARD), List.of(), failures);
  }

  private Pod create(String phase, Map<String, String> labels) {
    return api.client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("test")
                .withName("shop-3-0")
                .withLabels(labels)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build())
        .create();
  }
}
