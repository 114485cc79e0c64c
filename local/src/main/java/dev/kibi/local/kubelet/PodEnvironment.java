package dev.kibi.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of a container, with references to the pod's own fields resolved. */
final class PodEnvironment {
  /**
   * What a container without a memory limit is told it has; on Kubernetes that is the machine's.
   */
  static final long DEFAULT_MEMORY_BYTES = 512L << 20;

  private PodEnvironment() {}

  static Map<String, String> of(Pod pod, Container container, String podIp) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      environment.put(variable.getName(), value(variable, pod, container, podIp));
    }
    return environment;
  }

  static long memoryBytes(Container container) {
    Quantity limit =
        container.getResources() == null || container.getResources().getLimits() == null
            ? null
            : container.getResources().getLimits().get("memory");
    return limit == null
        ? DEFAULT_MEMORY_BYTES
        : Quantity.getAmountInBytes(limit).setScale(0, RoundingMode.UP).longValueExact();
  }

  private static String value(EnvVar variable, Pod pod, Container container, String podIp) {
    EnvVarSource source = variable.getValueFrom();
    if (source == null) {
      return variable.getValue() == null ? "" : variable.getValue();
    }
    if (source.getFieldRef() != null) {
      return field(variable.getName(), source.getFieldRef().getFieldPath(), pod, podIp);
    }
    if (source.getResourceFieldRef() != null
        && source.getResourceFieldRef().getResource().equals("limits.memory")) {
      return Long.toString(
          inUnits(memoryBytes(container), source.getResourceFieldRef().getDivisor()));
    }
    throw unsupported(variable.getName(), "a value, a fieldRef or a resourceFieldRef");
  }

  private static long inUnits(long bytes, Quantity divisor) {
    BigDecimal unit = divisor == null ? BigDecimal.ONE : Quantity.getAmountInBytes(divisor);
    return unit.signum() == 0
        ? bytes
        : BigDecimal.valueOf(bytes).divide(unit, 0, RoundingMode.CEILING).longValueExact();
  }

  private static String field(String variable, String path, Pod pod, String podIp) {
    return switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "status.podIP", "status.hostIP" -> podIp;
      case "spec.nodeName" -> pod.getSpec().getNodeName();
      case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
      default -> throw unsupported(variable, "a field of the pod that is known here, not " + path);
    };
  }

  private static IllegalArgumentException unsupported(String variable, String expected) {
    return new IllegalArgumentException("env " + variable + " (expected: " + expected + ")");
  }
}
