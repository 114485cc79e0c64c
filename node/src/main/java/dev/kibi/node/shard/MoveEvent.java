package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import java.util.List;

/** What happens to the slot moves a master is the source of. */
public sealed interface MoveEvent {

  /**
   * A newer topology is known.
   *
   * @param serving whether {@code self} is the open master of its shard there
   */
  record Installed(Topology topology, NodeId self, boolean serving) implements MoveEvent {}

  /** A compare-and-set that carries these changes has been sent. */
  record ChangesSent(List<TopologyChange> changes) implements MoveEvent {
    public ChangesSent {
      changes = List.copyOf(changes);
    }
  }

  /** Our log is committed up to {@code lsn} in our {@code epoch} as master. */
  record Committed(long epoch, long lsn) implements MoveEvent {}

  /** The target's in-sync set holds everything of this attempt. */
  record CaughtUp(long moveId, long fromEpoch, long toEpoch, long attempt) implements MoveEvent {}

  /** An attempt ended without success: refused, or its link broke. */
  record Failed(long moveId, long attempt) implements MoveEvent {}

  /** Time has passed. */
  record Tick() implements MoveEvent {}
}
