package dev.kibi.e2e.sim;

import java.util.SplittableRandom;

/**
 * How often what goes wrong goes wrong. Each seed draws its own rates, and about half of the kinds
 * do not happen in it at all: a fault is often seen best when the others are quiet.
 *
 * <p>Rates are per second of simulated time, shares are of all calls.
 */
record Faults(
    double crashes,
    double crashesInside,
    double podsReplaced,
    double freezes,
    double stops,
    double resets,
    double cuts,
    double isolations,
    double refusals,
    double slowHosts,
    double moves,
    double bumps,
    double switchovers,
    double terminations,
    double durabilityChanges,
    double authorityAway,
    double operatorAway,
    double operatorTwice,
    double casLost,
    double casUnanswered,
    double casLate,
    double staleRead,
    double watchLags,
    double changesDisturbed) {

  static Faults draw(SplittableRandom random) {
    double wild = 0.3 + random.nextDouble() * 1.4;
    return new Faults(
        rate(random, 0.9 * wild),
        rate(random, 0.5 * wild),
        rate(random, 0.2 * wild),
        rate(random, 0.8 * wild),
        rate(random, 0.8 * wild),
        rate(random, 1.5 * wild),
        rate(random, 0.8 * wild),
        rate(random, 0.6 * wild),
        rate(random, 0.4 * wild),
        rate(random, 0.6 * wild),
        rate(random, 2.5 * wild),
        rate(random, 1.0 * wild),
        rate(random, 0.5 * wild),
        rate(random, 0.3 * wild),
        rate(random, 0.3 * wild),
        rate(random, 0.3 * wild),
        rate(random, 0.3 * wild),
        rate(random, 0.3 * wild),
        rate(random, 0.15),
        rate(random, 0.15),
        rate(random, 0.1),
        rate(random, 0.3),
        rate(random, 0.2),
        rate(random, 0.3));
  }

  /** Nothing goes wrong. */
  static Faults none() {
    return new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static double rate(SplittableRandom random, double mean) {
    return random.nextBoolean() ? 0 : mean * random.nextDouble() * 2;
  }
}
