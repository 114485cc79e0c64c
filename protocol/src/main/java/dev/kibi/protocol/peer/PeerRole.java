package dev.kibi.protocol.peer;

/** What the holder of a certificate of a cluster is. */
public enum PeerRole {
  /** A cache node: it replicates, moves slots, and is linked to by everybody else. */
  NODE,
  /** An operator: it links to nodes, and nobody links to it. */
  OPERATOR
}
