package dev.kibi.node.store;

/** What INFO tells of a keyspace since its start or CONFIG RESETSTAT. */
public final class KeyspaceStats {

  long hits;
  long misses;
  long expired;
  long evicted;

  KeyspaceStats() {}

  /** Reads that found their key. */
  public long hits() {
    return hits;
  }

  /** Reads that found no key. */
  public long misses() {
    return misses;
  }

  /** Keys deleted because they were past their expiry. */
  public long expired() {
    return expired;
  }

  /** Keys deleted because memory was full. */
  public long evicted() {
    return evicted;
  }

  /** Begins to count anew. */
  public void reset() {
    hits = 0;
    misses = 0;
    expired = 0;
    evicted = 0;
  }
}
