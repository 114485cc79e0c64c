package dev.kibi.protocol.topology;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a cluster is at one version: the one value that every change of master, member or slot owner
 * replaces as a whole by compare-and-set (protocol.md section 1).
 *
 * @param clusterUid uid of the CacheCluster; never changes
 * @param generation rises with every unclean recovery
 * @param version rises by one with every change
 * @param lanes logs per shard, the same on all nodes
 * @param durability when writes are answered
 * @param nodes how to reach every node a shard names
 * @param shards by rising id
 * @param slots owner of each slot
 * @param moves slot moves that are planned and not committed, by rising id
 * @param nextMoveId the id the next planned move gets
 */
public record Topology(
    String clusterUid,
    long generation,
    long version,
    int lanes,
    Durability durability,
    List<NodeInfo> nodes,
    List<Shard> shards,
    SlotMap slots,
    List<SlotMove> moves,
    long nextMoveId) {

  /** What a cluster begins with. */
  public static final long FIRST_GENERATION = 1;

  public Topology {
    nodes = List.copyOf(nodes);
    shards = List.copyOf(shards);
    moves = List.copyOf(moves);
  }

  /** The first version of a cluster of a single node, which owns every slot. */
  public static Topology ofOneNode(String clusterUid, NodeInfo node, int shard) {
    return new Topology(
        clusterUid,
        FIRST_GENERATION,
        1,
        1,
        Durability.PREFERRED,
        List.of(node),
        List.of(Shard.bootstrap(shard, node.id(), List.of())),
        SlotMap.of(Map.of(shard, SlotSet.ALL)),
        List.of(),
        1);
  }

  public Optional<Shard> shard(int id) {
    return shards.stream().filter(shard -> shard.id() == id).findFirst();
  }

  /** The shard that names a node. */
  public Optional<Shard> shardOf(NodeId node) {
    return shards.stream().filter(shard -> shard.isMember(node)).findFirst();
  }

  public Optional<NodeInfo> node(NodeId id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  public Optional<SlotMove> move(long id) {
    return moves.stream().filter(move -> move.id() == id).findFirst();
  }

  /** This topology at the next version with one shard changed; the change sees it as it is now. */
  public Topology withShard(int id, UnaryOperator<Shard> change) {
    List<Shard> next =
        shards.stream().map(shard -> shard.id() == id ? change.apply(shard) : shard).toList();
    return next(nodes, next, slots, moves, nextMoveId);
  }

  /** This topology at the next version with the shards and the nodes they name. */
  public Topology withShards(List<NodeInfo> newNodes, List<Shard> newShards) {
    return next(newNodes, newShards, slots, moves, nextMoveId);
  }

  /** This topology at the next version with further moves planned; each gets the next free id. */
  public Topology withPlanned(List<SlotMove> planned) {
    List<SlotMove> next = new ArrayList<>(moves);
    long id = nextMoveId;
    for (SlotMove move : planned) {
      next.add(
          new SlotMove(
              id++, move.slots(), move.from(), move.to(), move.fromEpoch(), move.toEpoch()));
    }
    return next(nodes, shards, slots, next, id);
  }

  /** This topology at the next version with moves taken out and their slots left where they are. */
  public Topology withCancelled(List<SlotMove> cancelled) {
    return next(nodes, shards, slots, without(cancelled), nextMoveId);
  }

  /** This topology at the next version with moves committed: their slots belong to the target. */
  public Topology withCommitted(List<SlotMove> committed) {
    SlotMap owners = slots;
    for (SlotMove move : committed) {
      owners = owners.with(move.slots(), move.to());
    }
    return next(nodes, shards, owners, without(committed), nextMoveId);
  }

  /** This topology at the next version with another durability. */
  public Topology withDurability(Durability other) {
    return new Topology(
        clusterUid, generation, version + 1, lanes, other, nodes, shards, slots, moves, nextMoveId);
  }

  /** This topology at the next version and the next generation: an unclean recovery. */
  public Topology nextGeneration(List<NodeInfo> newNodes, List<Shard> newShards) {
    return new Topology(
        clusterUid,
        generation + 1,
        version + 1,
        lanes,
        durability,
        newNodes,
        newShards,
        slots,
        moves,
        nextMoveId);
  }

  /** The same contents at another version: several changes that go into one compare-and-set. */
  public Topology atVersion(long other) {
    return new Topology(
        clusterUid, generation, other, lanes, durability, nodes, shards, slots, moves, nextMoveId);
  }

  /** The slots of every move in flight. */
  public SlotSet movingSlots() {
    return moves.stream().map(SlotMove::slots).reduce(SlotSet.EMPTY, SlotSet::union);
  }

  private List<SlotMove> without(List<SlotMove> gone) {
    return moves.stream()
        .filter(move -> gone.stream().noneMatch(other -> other.id() == move.id()))
        .toList();
  }

  private Topology next(
      List<NodeInfo> newNodes,
      List<Shard> newShards,
      SlotMap newSlots,
      List<SlotMove> newMoves,
      long newNextMoveId) {
    return new Topology(
        clusterUid,
        generation,
        version + 1,
        lanes,
        durability,
        newNodes,
        newShards,
        newSlots,
        newMoves,
        newNextMoveId);
  }
}
