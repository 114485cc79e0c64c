package dev.kibi.operator;

import dev.kibi.operator.controller.CacheClusterReconciler;
import dev.kibi.operator.controller.ServiceSettings;
import dev.kibi.operator.controller.Services;
import dev.kibi.operator.model.Ports;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** The operator, wired: one controller over one client, with its metrics. */
public final class KibiOperator implements AutoCloseable {
  private static final Duration CAS_DEADLINE = Duration.ofSeconds(3);
  private static final Duration RETRY_FIRST = Duration.ofMillis(500);
  private static final Duration RETRY_MAX = Duration.ofSeconds(30);
  private static final double RETRY_GROWTH = 1.5;

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Services services;
  private final Operator operator;

  /**
   * An operator that is not started yet.
   *
   * @param peerPort port of the nodes' control links, other than {@link Ports#PEER} only in tests
   */
  public KibiOperator(OperatorConfig config, KubernetesClient client, int peerPort) {
    services =
        new Services(
            client,
            Clock.systemUTC(),
            metrics,
            new ServiceSettings(
                config.timerFactor(),
                config.timerFactorText(),
                peerPort,
                CAS_DEADLINE,
                config.serverSideApply(),
                config.peerTls(),
                config.podName()));
    operator = new Operator(overrider -> configure(overrider, config, client));
    operator.register(
        new CacheClusterReconciler(services),
        controller -> {
          controller.withRetry(
              new GenericRetry()
                  .withoutMaxAttempts()
                  .setInitialInterval(RETRY_FIRST)
                  .setIntervalMultiplier(RETRY_GROWTH)
                  .setMaxInterval(RETRY_MAX.toMillis()));
          if (!config.watchNamespaces().isEmpty()) {
            controller.settingNamespaces(config.watchNamespaces());
          }
        });
  }

  /**
   * Starts, and returns once the caches are filled; with leader election the work begins when the
   * Lease is held.
   */
  public void start() {
    operator.start();
  }

  /** Whether no cache has lost its watch for good. */
  public boolean isHealthy() {
    return operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  public boolean isStarted() {
    return operator.getRuntimeInfo().isStarted();
  }

  /** The metrics in Prometheus' text format. */
  public String scrape() {
    return metrics.scrape();
  }

  @Override
  public void close() {
    operator.stop();
    services.close();
    metrics.close();
  }

  private void configure(
      ConfigurationServiceOverrider overrider, OperatorConfig config, KubernetesClient client) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withSSABasedCreateUpdateMatchForDependentResources(config.serverSideApply())
        .withUseSSAToPatchPrimaryResource(config.serverSideApply())
        .withPreviousAnnotationForDependentResources(false)
        .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics));
    if (config.leaderElection()) {
      overrider.withLeaderElectionConfiguration(
          new LeaderElectionConfiguration(
              config.leaseName(), config.podNamespace(), config.podName()));
    }
  }
}
