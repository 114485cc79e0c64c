package dev.kibi.operator;

import dev.kibi.operator.model.Ports;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator as a process; exits with 2 on a configuration that cannot be used. */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int EXIT_CONFIG = 2;
  private static final int EXIT_FAILED = 1;

  /** A call that takes longer is given up; the reconciler comes back to it. */
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  private static final int CONNECT_TIMEOUT_MS = 2_000;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    OperatorConfig config;
    try {
      config = OperatorConfig.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("kibi-operator: " + e.getMessage());
      System.exit(EXIT_CONFIG);
      return;
    }
    try {
      run(config);
    } catch (IOException | RuntimeException e) {
      log.error("the operator cannot run: {}", e.toString(), e);
      System.exit(EXIT_FAILED);
    }
  }

  private static void run(OperatorConfig config) throws IOException, InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    try (KubernetesClient client =
            new KubernetesClientBuilder().withConfig(clientConfig()).build();
        KibiOperator operator = new KibiOperator(config, client, Ports.PEER);
        HealthServer health =
            HealthServer.start(
                new InetSocketAddress(config.bind(), config.httpPort()),
                operator::isHealthy,
                operator::isStarted,
                operator::scrape)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, main), "shutdown"));
      operator.start();
      log.info("operator started: api {}, http port {}", client.getMasterUrl(), health.port());
      stopped.await();
    }
    log.info("operator stopped");
  }

  /** The JVM ends when its hooks have, so the hook waits for the orderly end. */
  private static void stop(CountDownLatch stopped, Thread main) {
    stopped.countDown();
    try {
      main.join(STOP_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Config clientConfig() {
    return new ConfigBuilder()
        .withRequestTimeout(REQUEST_TIMEOUT_MS)
        .withConnectionTimeout(CONNECT_TIMEOUT_MS)
        .withRequestRetryBackoffLimit(1)
        .build();
  }
}
