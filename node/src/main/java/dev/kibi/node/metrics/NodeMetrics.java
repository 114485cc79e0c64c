package dev.kibi.node.metrics;

import dev.kibi.node.command.ClientRegistry;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.tls.PeerCertificates;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What Prometheus is told of a node; the lane's own counters, read when they are scraped. */
public final class NodeMetrics {

  private NodeMetrics() {}

  /**
   * Registers everything; the lane's figures are as old as its last report, at most a heartbeat.
   */
  public static void register(MeterRegistry registry, Lane lane, JvmGcMetrics gc) {
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
    report(registry, lane, "kibi.keys", "Keys held", NodeReport::keys);
    report(registry, lane, "kibi.memory.used.bytes", "Memory the keys take", NodeReport::usedBytes);
    report(
        registry,
        lane,
        "kibi.memory.max.bytes",
        "Memory the keys may take, 0 for no limit",
        NodeReport::maxBytes);
    report(
        registry,
        lane,
        "kibi.topology.version",
        "Version of the installed topology",
        NodeReport::version);
    report(registry, lane, "kibi.shard.epoch", "Epoch of the node's shard", NodeReport::epoch);
    report(registry, lane, "kibi.replication.lsn.bytes", "End of the log", NodeReport::lsn);
    report(
        registry,
        lane,
        "kibi.replication.commit.lsn.bytes",
        "Committed part of the log",
        NodeReport::commitLsn);
    report(
        registry,
        lane,
        "kibi.ready",
        "Joined and in sync for the current epoch",
        r -> r.ready() ? 1 : 0);
    report(
        registry,
        lane,
        "kibi.master",
        "Whether the node serves writes",
        r -> r.role() == NodeRole.MASTER ? 1 : 0);
    ClientRegistry clients = lane.context().clients();
    Gauge.builder("kibi.clients", clients, ClientRegistry::count)
        .description("Connected clients")
        .register(registry);
    FunctionCounter.builder("kibi.clients.accepted", clients, ClientRegistry::acceptedTotal)
        .description("Clients accepted since the start")
        .register(registry);
    FunctionCounter.builder("kibi.clients.refused", clients, ClientRegistry::refusedTotal)
        .description("Clients turned away because there were too many")
        .register(registry);
    FunctionCounter.builder("kibi.input.bytes", lane, l -> l.context().traffic().inputBytes())
        .description("Bytes received from clients")
        .register(registry);
    FunctionCounter.builder("kibi.output.bytes", lane, l -> l.context().traffic().outputBytes())
        .description("Bytes sent to clients")
        .register(registry);
    refusedFrames(registry, lane.refusedFrames());
  }

  /** Registers what is known of the certificates of peer links. */
  public static void register(MeterRegistry registry, PeerCertificates certificates) {
    Gauge.builder(
            "kibi.peer.certificate.expiry",
            certificates,
            c -> c.current().expiresAt().getEpochSecond())
        .baseUnit("seconds")
        .description("When this node's certificate for peer links ends, since 1970")
        .register(registry);
    FunctionCounter.builder(
            "kibi.peer.certificate.failures", certificates, PeerCertificates::failures)
        .description("Looks at the mounted certificates that found none that can be used")
        .register(registry);
  }

  private static void refusedFrames(MeterRegistry registry, RefusedFrames refused) {
    for (RefusedFrames.Reason reason : RefusedFrames.Reason.values()) {
      FunctionCounter.builder("kibi.peer.frames.refused", refused, r -> r.total(reason))
          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
          .description("Frames of peers and operators that had no effect")
          .register(registry);
    }
  }

  private static void report(
      MeterRegistry registry,
      Lane lane,
      String name,
      String description,
      ToDoubleFunction<NodeReport> figure) {
    Gauge.builder(name, lane, l -> figure.applyAsDouble(l.report()))
        .description(description)
        .register(registry);
  }
}
