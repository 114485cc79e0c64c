package dev.kibi.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeHeapTest {

  @ParameterizedTest
  @CsvSource({
    "128Mi, -Xmx51m", // less than makes sense: a part, and no more
    "320Mi, -Xmx160m",
    "400Mi, -Xmx240m",
    "1Gi, -Xmx665m",
    "4Gi, -Xmx2662m",
  })
  void a_small_container_leaves_as_much_beside_the_heap_as_the_jvm_needs(
      String limit, String option) {
    ResourceRequirements resources =
        new ResourceRequirementsBuilder().addToLimits("memory", new Quantity(limit)).build();
    assertThat(NodeHeap.option(resources)).contains(option);
  }

  @Test
  void without_a_limit_the_jvm_decides() {
    assertThat(NodeHeap.option(new ResourceRequirements())).isEmpty();
  }
}
