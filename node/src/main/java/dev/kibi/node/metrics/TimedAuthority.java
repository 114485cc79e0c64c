package dev.kibi.node.metrics;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.protocol.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An authority whose compare-and-sets are timed, by how they ended: a switchover and the last step
 * of a slot move let clients wait for one of them.
 */
public final class TimedAuthority implements Authority {
  private final Authority authority;
  private final MeterRegistry registry;

  /** Times the calls to {@code authority}. */
  public TimedAuthority(Authority authority, MeterRegistry registry) {
    this.authority = authority;
    this.registry = registry;
  }

  @Override
  public Optional<StoredTopology> get() {
    return authority.get();
  }

  @Override
  public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
    Timer.Sample sample = Timer.start(registry);
    String ended = "unavailable";
    try {
      CasOutcome outcome = authority.compareAndSet(expectedVersion, next, opId);
      ended = nameOf(outcome);
      return outcome;
    } finally {
      sample.stop(timer(ended));
    }
  }

  private static String nameOf(CasOutcome outcome) {
    return switch (outcome) {
      case CasOutcome.Applied _ -> "applied";
      case CasOutcome.Conflict _ -> "conflict";
      case CasOutcome.Refused _ -> "refused";
    };
  }

  private Timer timer(String outcome) {
    return Timer.builder("kibi.topology.cas")
        .tag("outcome", outcome)
        .description("Compare-and-sets of the topology")
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  @Override
  public TopologyWatch watch(Consumer<Topology> onTopology) {
    return authority.watch(onTopology);
  }
}
