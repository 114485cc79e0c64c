package dev.kibi.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class CacheClusterTest {

  @Test
  void aResourceThatWasGivenNoSpecSendsNoneSoThatAnApplyNeverSetsTheUsersFields() {
    CacheCluster cluster = new CacheCluster();
    cluster.getMetadata().setName("shop");
    assertThat(Serialization.asJson(cluster)).contains("shop").doesNotContain("spec");
  }

  @Test
  void whatASpecLeavesOutHasItsDefaultWhenItIsRead() {
    CacheCluster cluster = Serialization.unmarshal("spec: {shards: 5}", CacheCluster.class);
    assertThat(cluster.getSpec().getShards()).isEqualTo(5);
    assertThat(cluster.getSpec().getReplicas()).isEqualTo(1);
  }
}
