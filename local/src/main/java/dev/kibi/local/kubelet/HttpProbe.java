package dev.kibi.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A startup, readiness or liveness probe: asks an HTTP endpoint and needs some answers in a row to
 * change its mind. Begins with {@code initially}. Not thread-safe.
 */
final class HttpProbe {
  private final URI uri;
  private final Duration timeout;
  private final Duration period;
  private final Duration initialDelay;
  private final int failureThreshold;
  private final int successThreshold;
  private boolean healthy;
  private int contrary;

  private HttpProbe(Probe probe, URI uri, boolean initially) {
    this.uri = uri;
    this.timeout = Duration.ofSeconds(orDefault(probe.getTimeoutSeconds(), 1));
    this.period = Duration.ofSeconds(orDefault(probe.getPeriodSeconds(), 10));
    this.initialDelay = Duration.ofSeconds(orDefault(probe.getInitialDelaySeconds(), 0));
    this.failureThreshold = orDefault(probe.getFailureThreshold(), 3);
    this.successThreshold = orDefault(probe.getSuccessThreshold(), 1);
    this.healthy = initially;
  }

  /** Null if the container declares no such probe. */
  static @Nullable HttpProbe of(
      @Nullable Probe probe, Container container, String podIp, boolean initially) {
    if (probe == null || probe.getHttpGet() == null) {
      return null;
    }
    String path = probe.getHttpGet().getPath();
    int port = port(probe.getHttpGet().getPort(), container);
    URI uri = URI.create("http://" + podIp + ":" + port + (path == null ? "/" : path));
    return new HttpProbe(probe, uri, initially);
  }

  private static int port(IntOrString port, Container container) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(candidate -> port.getStrVal().equals(candidate.getName()))
        .mapToInt(ContainerPort::getContainerPort)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "probe port: " + port.getStrVal() + " (expected: a port of the container)"));
  }

  private static int orDefault(@Nullable Integer value, int defaultValue) {
    return value == null ? defaultValue : value;
  }

  Duration period() {
    return period;
  }

  int failureThreshold() {
    return failureThreshold;
  }

  Duration initialDelay() {
    return initialDelay;
  }

  /** Asks once and returns the verdict that now holds. */
  boolean ask(HttpClient client) throws InterruptedException {
    boolean success = succeeds(client);
    contrary = success == healthy ? 0 : contrary + 1;
    if (contrary >= (healthy ? failureThreshold : successThreshold)) {
      healthy = success;
      contrary = 0;
    }
    return healthy;
  }

  private boolean succeeds(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
    try {
      int code = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return code >= 200 && code < 400;
    } catch (IOException e) {
      return false; // Nobody answers: the very thing a probe is to find out.
    }
  }
}
