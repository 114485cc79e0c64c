package dev.kibi.crds.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheClusterRulesTest {

  private static final CrdRules RULES = CrdRules.of("cacheclusters.kibi.dev-v1.yml");

  private static final String MAX_MEMORY = "memory.maxMemory: ";
  private static final String DURABILITY = "durability: ";
  private static final String NAME = "metadata.name: ";
  private static final String LABELS = "podTemplate.labels: ";
  private static final String ANNOTATIONS = "podTemplate.annotations: ";

  @ParameterizedTest
  @ValueSource(
      strings = {"1%", "75%", "100%", "1", "512Mi", "1.5Gi", "0.5Gi", "2G", "100k", "1073741824"})
  void maxMemoryTakes(String maxMemory) {
    assertThat(broken("shop", "memory: {maxMemory: '" + maxMemory + "'}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0%", "101%", "7.5%", "%", "0", "0.0Gi", "-1Gi", "lots", "1GB", "1 Gi", "75% ", ""
      })
  void maxMemoryRefuses(String maxMemory) {
    assertThat(broken("shop", "memory: {maxMemory: '" + maxMemory + "'}"))
        .singleElement()
        .asString()
        .startsWith(MAX_MEMORY);
  }

  @Test
  void requiredNeedsAReplica() {
    assertThat(broken("shop", "durability: required, replicas: 0"))
        .singleElement()
        .asString()
        .startsWith(DURABILITY);
    assertThat(broken("shop", "durability: required, replicas: 1")).isEmpty();
    assertThat(broken("shop", "durability: preferred, replicas: 0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "shop", "shop-2", "a23456789012345678901234567890123456789012345"})
  void nameTakes(String name) {
    assertThat(broken(name, "shards: 3")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2shop", "my.shop", "a234567890123456789012345678901234567890123456"})
  void nameRefuses(String name) {
    assertThat(broken(name, "shards: 3")).singleElement().asString().startsWith(NAME);
  }

  @Test
  void labelsAndAnnotationsOfTheOperatorAreNotTheUsers() {
    assertThat(broken("shop", "podTemplate: {labels: {team: a}, annotations: {note: b}}"))
        .isEmpty();
    assertThat(broken("shop", "podTemplate: {labels: {kibi.dev/role: master}}"))
        .singleElement()
        .asString()
        .startsWith(LABELS);
    assertThat(broken("shop", "podTemplate: {labels: {app.kubernetes.io/name: mine}}"))
        .singleElement()
        .asString()
        .startsWith(LABELS);
    assertThat(broken("shop", "podTemplate: {annotations: {kibi.dev/make-master: 'true'}}"))
        .singleElement()
        .asString()
        .startsWith(ANNOTATIONS);
  }

  @Test
  void everyRuleIsTestedHereAndNamesItsField() {
    assertThat(RULES.messages())
        .hasSize(5)
        .allMatch(message ->
            List.of(MAX_MEMORY, DURABILITY, NAME, LABELS, ANNOTATIONS).stream()
                .anyMatch(message::startsWith));
  }

  private static List<String> broken(String name, String spec) {
    // The API server fills in the defaults before it looks at the rules.
    List<String> fields = new ArrayList<>(List.of(spec));
    if (!spec.contains("durability")) {
      fields.add("durability: preferred, replicas: 1");
    }
    return RULES.brokenBy(
        null, "metadata: {name: " + name + "}\nspec: {" + String.join(", ", fields) + "}\n");
  }
}
