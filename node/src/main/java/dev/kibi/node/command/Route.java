package dev.kibi.node.command;

/** Where a command's hash slot is served, seen from this node. */
public sealed interface Route {
  /** Here and now. */
  Route LOCAL = new Local();

  /**
   * Here, but not at this moment: the slot is about to leave or its owner is not known to be us
   * yet.
   */
  Route PARKED = new Parked();

  Route SLOT_NOT_SERVED = new Down("CLUSTERDOWN Hash slot not served");
  Route CLUSTER_DOWN = new Down("CLUSTERDOWN The cluster is down");
  Route LOADING = new Down("LOADING Redis is loading the dataset in memory");
  Route MASTER_DOWN =
      new Down("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.");

  record Local() implements Route {}

  /** On another node; the client is told to go there. */
  record Moved(int hashSlot, String host, int port) implements Route {}

  /** Nowhere at the moment; {@code error} is the whole error reply. */
  record Down(String error) implements Route {}

  record Parked() implements Route {}
}
