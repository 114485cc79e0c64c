package dev.kibi.node.metrics;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.protocol.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * An authority whose compare-and-sets are timed, by how they ended: a switchover and the last step
 * of a slot move let clients wait for one of them.
 */
public final class TimedAuthority implements Authority {
  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Authority authority;
  private final Timer applied;
  private final Timer conflict;
  private final Timer refused;
  private final Timer unavailable;

  /** Times the calls to {@code authority}. */
  public TimedAuthority(Authority authority, MeterRegistry registry) {
    this.authority = authority;
    this.applied = timer(registry, "applied");
    this.conflict = timer(registry, "conflict");
    this.refused = timer(registry, "refused");
    this.unavailable = timer(registry, "unavailable");
  }

  private static Timer timer(MeterRegistry registry, String outcome) {
    return Timer.builder("kibi.topology.cas")
        .tag("outcome", outcome)
        .description("Compare-and-sets of the topology")
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public Optional<StoredTopology> get() {
    return authority.get();
  }

  @Override
  public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
    Timer.Sample sample = Timer.start();
    Timer ended = unavailable;
    try {
      CasOutcome outcome = authority.compareAndSet(expectedVersion, next, opId);
      ended = timerOf(outcome);
      return outcome;
    } finally {
      sample.stop(ended);
    }
  }

  private Timer timerOf(CasOutcome outcome) {
    return switch (outcome) {
      case CasOutcome.Applied _ -> applied;
      case CasOutcome.Conflict _ -> conflict;
      case CasOutcome.Refused _ -> refused;
    };
  }

  @Override
  public TopologyWatch watch(Consumer<Topology> onTopology) {
    return authority.watch(onTopology);
  }
}
