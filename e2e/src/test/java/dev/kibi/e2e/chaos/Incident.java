package dev.kibi.e2e.chaos;

import java.time.Duration;

/**
 * One fault, and all that was left to chance about it.
 *
 * @param shard which shard it hits
 * @param replica which of the shard's replicas, where one is hit
 * @param length how long it lasts, where it lasts
 * @param gap time between the first and the second blow, where there are two
 * @param clockStep how far a clock is set ahead, or behind where negative, where one is
 */
record Incident(
    int cycle,
    Fault fault,
    int shard,
    int replica,
    Duration length,
    Duration gap,
    Duration clockStep) {
  @Override
  public String toString() {
    return "%s, shard %d".formatted(fault, shard);
  }
}
