package dev.kibi.crds;

/**
 * Bounds of what the resources may hold.
 *
 * <p>Every list, map and string has one: the API server estimates what a rule can cost at most from
 * them and refuses a CRD whose rules may cost too much, and an object must stay below the 1.5 MB
 * that etcd takes.
 */
final class Limits {

  /** {@link dev.kibi.protocol.topology.NodeId#TEXT_LENGTH_MAX}. */
  static final int NODE_ID = 128;

  static final int UID = 64;
  static final int OP_ID = 128;
  static final int ADDRESS = 45; // the longest written form of an IPv6 address
  static final int DNS_NAME = 253;

  /** Labels, annotations or node selectors that a user adds. */
  static final int LABELS = 64;

  static final int TOLERATIONS = 32;
  static final int PULL_SECRETS = 16;
  static final int CLUSTER_DOMAIN = 200;

  static final int SHARDS = 512;

  /** Nodes of one list of a shard: 1 + 5, twice, as the next life of each may be there already. */
  static final int MEMBERS = 12;

  static final int NODES = SHARDS * 6;

  /** Every slot on its own. */
  static final int MOVES = 1024;

  /** {@link dev.kibi.protocol.slot.SlotSet#TEXT_LENGTH_MAX}. */
  static final int SLOT_RANGES = 4096;

  static final String SLOT_RANGES_PATTERN =
      "^[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*$";

  private Limits() {}
}
