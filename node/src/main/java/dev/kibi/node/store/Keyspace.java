package dev.kibi.node.store;

/** What the dispatcher asks of the data of its lane. */
public interface Keyspace {

  /** Begins a command at a time in ms since the epoch. */
  void begin(long nowMs);

  /** Ends a command: what it changed goes to the log. */
  void commit();

  /** Whether reads count as use of a key. */
  void touching(boolean reads);

  /** Evicts until there is room for a write; false when nothing can be evicted. */
  boolean makeRoom();

  /** The LSN behind the last effect on a slot. */
  long lastLsn(int slot);

  /** The LSN behind the last effect of the lane. */
  long logEnd();
}
