package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.SlotMove;
import java.util.List;

/**
 * What one step changes in the topology. Everything that is owed of one kind goes into one step, so
 * into one version.
 */
public sealed interface Action {

  /** The first topology, with every slot owned. */
  record Bootstrap(int shards) implements Action {}

  /** New masters for shards that lost theirs; each was promotable. */
  record ElectMasters(List<Election> elections) implements Action {}

  /**
   * New masters for shards whose promotable nodes are all dead: the generation rises, data may be
   * lost.
   */
  record UncleanRecovery(List<Election> elections) implements Action {}

  /** Dead nodes leave, new nodes become learners of their shards. */
  record ChangeMembers(List<NodeId> gone, List<NodeInfo> joined) implements Action {}

  /** Shards without slots. */
  record AddShards(List<Integer> shards) implements Action {}

  /** Shards that own no slot and have no move. */
  record RemoveShards(List<Integer> shards) implements Action {}

  /** When writes are answered from now on. */
  record SetDurability(Durability durability) implements Action {}

  /** Moves that will not happen; their slots stay where they are. */
  record CancelMoves(List<SlotMove> moves) implements Action {}

  /** Moves for the masters to do. */
  record PlanMoves(List<SlotMove> moves) implements Action {}

  /** The new master of one shard. */
  record Election(int shard, NodeId winner) {}

  /** Whether clients wait for it: nothing else may come before it. */
  default boolean isUrgent() {
    return this instanceof ElectMasters || this instanceof UncleanRecovery;
  }

  /** The action's name, for metrics and logs. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
