package dev.kibi.node.lane;

import dev.kibi.node.shard.TopologyWriter;

/**
 * The lane's way to the topology object. What is found comes back through {@link Lane#install};
 * nothing is ever called back on a failure, because a failure says nothing (protocol.md section 1,
 * "CAS outcome").
 */
public interface AuthorityPort {

  /** Read the topology, soon and once however often it is asked for. */
  void refresh();

  /** Try a compare-and-set, again and again until {@link #settled}. */
  void send(TopologyWriter.Request request);

  /** The request is settled: a newer version is installed. */
  void settled();
}
