package dev.kibi.node.store;

/** What the dispatcher asks of the data of its lane. */
public interface Keyspace {

  /** The time of the command that runs next, in ms since the epoch. */
  void now(long nowMs);

  /** Evicts until there is room for a write; false when nothing can be evicted. */
  boolean makeRoom();

  /** The LSN of the last effect on a slot. */
  long lastLsn(int slot);

  /** The LSN behind the last effect of the lane. */
  long logEnd();
}
