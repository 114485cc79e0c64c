package dev.kibi.crds.authority;

import dev.kibi.protocol.topology.Topology;

/**
 * A topology as it is stored.
 *
 * @param topology the content
 * @param opId the operation that wrote this version
 */
public record StoredTopology(Topology topology, String opId) {

  public long version() {
    return topology.version();
  }

  /** Whether this is what an operation that expected a version has left. */
  boolean isLeftBy(String operation, long expectedVersion) {
    return version() == expectedVersion + 1 && opId.equals(operation);
  }
}
