package dev.kibi.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodEnvironmentTest {
  @Test
  void referencesToThePodsFieldsAreResolved() {
    assertThat(
            environment(
                """
                [{name: PLAIN, value: x},
                 {name: EMPTY},
                 {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}},
                 {name: SPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}},
                 {name: ID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}},
                 {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
                """,
                "{}"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "PLAIN",
                "x",
                "EMPTY",
                "",
                "POD",
                "p",
                "SPACE",
                "ns",
                "ID",
                "u",
                "IP",
                "127.0.1.2"));
  }

  @Test
  void theMemoryLimitIsGivenInUnitsOfTheDivisor() {
    String limit = "[{name: M, valueFrom: {resourceFieldRef: {resource: limits.memory%s}}}]";
    String resources = "{limits: {memory: 1Gi}}";
    assertThat(environment(limit.formatted(""), resources)).containsEntry("M", "1073741824");
    assertThat(environment(limit.formatted(", divisor: 1Mi"), resources))
        .containsEntry("M", "1024");
    assertThat(environment(limit.formatted(", divisor: '0'"), resources))
        .containsEntry("M", "1073741824");
  }

  @Test
  void withoutALimitThereIsADefault() {
    assertThat(
            environment(
                "[{name: M, valueFrom: {resourceFieldRef: {resource: limits.memory}}}]", "{}"))
        .containsEntry("M", Long.toString(PodEnvironment.DEFAULT_MEMORY_BYTES));
  }

  @Test
  void referencesThatCannotBeResolvedAreRefused() {
    assertThatThrownBy(
            () -> environment("[{name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]", "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("env S (expected: a value, a fieldRef or a resourceFieldRef)");
    assertThatThrownBy(() ->
            environment("[{name: F, valueFrom: {fieldRef: {fieldPath: spec.priority}}}]", "{}"))
        .hasMessageContaining("env F")
        .hasMessageContaining("spec.priority");
  }

  private static Map<String, String> environment(String env, String resources) {
    Pod pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: ns, uid: u}
            spec:
              containers:
                - name: node
                  resources: %s
                  env: %s
            """
                .formatted(resources, env.replace("\n", " ")),
            Pod.class);
    Container container = pod.getSpec().getContainers().getFirst();
    return PodEnvironment.of(pod, container, "127.0.1.2");
  }
}
