package dev.kibi.protocol.wire;

/** What a node is doing for its shard. */
public enum NodeRole {
  /** No topology names it yet. */
  JOINING,
  /** It copies the shard and counts for nothing yet. */
  LEARNER,
  /** It is in sync. */
  FOLLOWER,
  /** It is master by the topology and waits until older leases have run out. */
  OPENING,
  /** It serves. */
  MASTER
}
