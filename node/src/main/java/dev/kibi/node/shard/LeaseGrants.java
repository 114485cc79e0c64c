package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The leases this node has granted and that may still run: what it must wait for before it serves
 * as master (M: LeaseWait).
 *
 * <p>A grant counts as over once its lease has run out, one percent for clocks added, or once its
 * holder is proven dead. Each holder counts for itself: that the last master is dead says nothing
 * of the one before (M: ProofNamesGrantee). The topology carries the proof: only who is proven dead
 * leaves it, everybody else who loses a place in the in-sync set becomes electable or a learner.
 */
final class LeaseGrants {

  private final long length;
  private final NavigableMap<NodeId, Long> grantedAt = new TreeMap<>();

  LeaseGrants(Timers timers) {
    length = timers.lease() + timers.lease() / 100;
  }

  /** An answer that lets {@code master} serve is sent at {@code now}. */
  void grant(NodeId master, long now) {
    grantedAt.put(master, now);
  }

  /** Another life of its pod lives. */
  void provenDead(NodeId node) {
    grantedAt.remove(node);
  }

  /** Forgets grants to members of {@code before} that {@code after} does not name any more. */
  void installed(Shard before, Topology after) {
    grantedAt.keySet().removeIf(node -> before.isMember(node) && after.shardOf(node).isEmpty());
  }

  /**
   * When the last lease granted to another node than {@code self} runs out; not before {@code now}.
   */
  long runOutAt(NodeId self, long now) {
    long last = now;
    for (var grant : grantedAt.entrySet()) {
      if (!grant.getKey().equals(self)) {
        last = Math.max(last, grant.getValue() + length);
      }
    }
    return last;
  }

  /** A full lease from {@code now} on, whoever may hold it. */
  long fullLease(long now) {
    return now + length;
  }

  /** Forgets the grants that have run out. */
  void tick(long now) {
    grantedAt.values().removeIf(at -> now - at > length);
  }
}
