package dev.kibi.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses what happens in each cycle: a function of the seed, the cycle and what is possible here,
 * so that a run can be repeated, and one of its cycles without those before it.
 */
final class FaultPlan {
  private static final Duration PAUSE_MIN = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(10);
  private static final int GAP_MAX_MS = 1_500;

  /** Below what certificates allow for, which is five minutes. */
  private static final Duration CLOCK_STEP_MAX = Duration.ofMinutes(4);

  /** Odd, so that no two cycles share a seed; not what SplittableRandom itself adds. */
  private static final long CYCLE_STRIDE = 0xD1B54A32D192ED03L;

  private final long seed;
  private final int shards;
  private final int replicas;
  private final List<Fault> possible;

  FaultPlan(long seed, int shards, int replicas, Set<Fault> possible) {
    this.seed = seed;
    this.shards = shards;
    this.replicas = replicas;
    this.possible = possible.stream().sorted().toList();
  }

  /** What happens in a cycle. */
  Incident of(int cycle) {
    SplittableRandom random = new SplittableRandom(seed + cycle * CYCLE_STRIDE);
    return new Incident(
        cycle,
        fault(random),
        random.nextInt(shards),
        random.nextInt(replicas),
        length(random),
        Duration.ofMillis(random.nextInt(GAP_MAX_MS)),
        clockStep(random));
  }

  private Fault fault(SplittableRandom random) {
    int rest = random.nextInt(possible.stream().mapToInt(Fault::weight).sum());
    for (Fault fault : possible) {
      rest -= fault.weight();
      if (rest < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("faults: " + possible + " (expected: weights above 0)");
  }

  private static Duration length(SplittableRandom random) {
    return between(PAUSE_MIN, PAUSE_MAX, random);
  }

  private static Duration clockStep(SplittableRandom random) {
    Duration step = between(PAUSE_MIN, CLOCK_STEP_MAX, random);
    return random.nextBoolean() ? step : step.negated();
  }

  /** Short ones as often as long ones: as many from 0.1 to 1 s as from 1 to 10 s. */
  private static Duration between(Duration min, Duration max, SplittableRandom random) {
    double ratio = (double) max.toMillis() / min.toMillis();
    return Duration.ofMillis(Math.round(min.toMillis() * Math.pow(ratio, random.nextDouble())));
  }
}
