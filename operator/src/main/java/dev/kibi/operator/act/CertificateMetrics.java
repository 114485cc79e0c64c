package dev.kibi.operator.act;

import dev.kibi.operator.certificate.Holdings;
import dev.kibi.operator.nodelink.ClusterKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/** When the certificates of each cluster end, in seconds since 1970: for an alert long before. */
final class CertificateMetrics {
  private final ConcurrentHashMap<ClusterKey, Holdings> shown = new ConcurrentHashMap<>();
  private final MultiGauge expiry;

  CertificateMetrics(MeterRegistry registry) {
    expiry =
        MultiGauge.builder("kibi.peer.certificate.expiry")
            .baseUnit("seconds")
            .description("When a certificate of the peer links ends, since 1970")
            .register(registry);
  }

  void show(ClusterKey cluster, Holdings holdings) {
    shown.put(cluster, holdings);
    register();
  }

  void forget(ClusterKey cluster) {
    shown.remove(cluster);
    register();
  }

  private synchronized void register() {
    expiry.register(
        shown.entrySet().stream()
            .flatMap(entry ->
                entry.getValue().expiries().entrySet().stream()
                    .map(one -> row(entry.getKey(), one.getKey(), one.getValue())))
            .toList(),
        true);
  }

  private static MultiGauge.Row<Number> row(ClusterKey cluster, String of, Instant until) {
    return MultiGauge.Row.of(
        Tags.of("namespace", cluster.namespace(), "cluster", cluster.name(), "of", of),
        (Number) until.getEpochSecond());
  }
}
