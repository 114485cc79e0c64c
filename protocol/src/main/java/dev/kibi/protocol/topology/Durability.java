package dev.kibi.protocol.topology;

/** When a write is answered. */
public enum Durability {
  /** After commit, with at least two confirmed copies, or the write waits. */
  REQUIRED,
  /** After commit by every in-sync copy; a lone in-sync master may go on. */
  PREFERRED,
  /** At once; a failover may lose it. */
  ASYNC
}
