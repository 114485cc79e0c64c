package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Topology;

/**
 * One change of the topology, worked out in full: it holds only on the version it was planned on.
 *
 * @param action what changes
 * @param reason why
 * @param message why, with names and numbers, as a sentence
 * @param next the topology after it
 */
public record Step(Action action, Reason reason, String message, Topology next) {

  /** The version this step replaces; 0 when it makes the first. */
  public long expectedVersion() {
    return next.version() - 1;
  }
}
