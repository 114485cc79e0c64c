package dev.kibi.node;

import dev.kibi.node.metrics.NodeMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the cache node from its environment ({@link NodeConfig}). */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int EXIT_CONFIG = 2;
  private static final int EXIT_START = 1;
  private static final int START_SECONDS_MAX = 120;

  /**
   * No resumed sessions: every link shows a certificate that is believed when it is opened. The JDK
   * reads this before its first handshake.
   */
  private static final String SESSION_TICKETS = "jdk.tls.server.newSessionTicketCount";

  private Main() {}

  /**
   * Exits with 2 when the configuration cannot be used and with 1 when the node cannot start, each
   * with one line.
   */
  public static void main(String[] arguments) throws InterruptedException {
    NodeConfig config;
    try {
      config = NodeConfig.from(System.getenv(), heapBudget());
    } catch (NodeConfig.InvalidConfigException e) {
      System.err.println("kibi-node: " + e.getMessage());
      System.exit(EXIT_CONFIG);
      return;
    }
    if (System.getProperty(BufferMemory.PROPERTY) == null) {
      long buffers =
          BufferMemory.bytes(config.memoryLimitBytes(), Runtime.getRuntime().maxMemory());
      System.setProperty(BufferMemory.PROPERTY, Long.toString(buffers));
    }
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    System.setProperty(SESSION_TICKETS, "0");
    Node node;
    try {
      node = new Node(config, metrics);
    } catch (IOException e) {
      System.err.println("kibi-node: cannot start: " + e.getMessage());
      System.exit(EXIT_START);
      return;
    }
    node.certificates().ifPresent(certificates -> NodeMetrics.register(metrics, certificates));
    try {
      NodeMetrics.register(
          metrics,
          node.start().toCompletableFuture().get(START_SECONDS_MAX, TimeUnit.SECONDS),
          new JvmGcMetrics());
    } catch (ExecutionException | TimeoutException e) {
      String why =
          e instanceof ExecutionException && e.getCause() != null
              ? e.getCause().getMessage()
              : "its ports were not open after " + START_SECONDS_MAX + " s";
      System.err.println("kibi-node: cannot start: " + why);
      System.exit(EXIT_START);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "shutdown"));
    LOG.info(
        "node {} of cluster {} shard {} on {}:{} (peers {}, http {})",
        node.id(),
        config.cluster(),
        config.shard(),
        config.bind(),
        config.clientPort(),
        config.peerPort(),
        config.httpPort());
  }

  /** The old generation is the pool that can be asked how full a collection left it. */
  private static HeapBudget heapBudget() {
    long heap = Runtime.getRuntime().maxMemory();
    long old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
            .mapToLong(pool -> pool.getUsage().getMax())
            .filter(max -> max > 0)
            .max()
            .orElse(heap);
    return new HeapBudget(heap, old);
  }

  /**
   * SIGTERM: the node leaves its shard, then the process ends with 0, as it was asked to, and not
   * with the 143 a JVM has for this.
   */
  private static void end(Node node) {
    boolean left = node.leave();
    node.close();
    if (left) {
      Runtime.getRuntime().halt(0);
    }
  }
}
