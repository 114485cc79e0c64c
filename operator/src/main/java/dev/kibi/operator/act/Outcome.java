package dev.kibi.operator.act;

import dev.kibi.protocol.topology.Topology;

/** What became of a step. */
public sealed interface Outcome {

  /** It is stored. */
  record Done(Topology topology) implements Outcome {}

  /** Another writer was first; plan again on what is stored now. */
  record Overtaken(Topology current) implements Outcome {}

  /**
   * It breaks a rule of topologies and will never be stored: a defect, or a writer of another
   * version.
   */
  record Refused(String reason) implements Outcome {}

  /** Nobody knows; the very same request is sent again before anything else is done. */
  record Unknown(String reason) implements Outcome {}
}
