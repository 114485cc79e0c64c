package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotRange;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One topology as Redis clients know clusters: nodes with 40-digit ids, masters with ranges of
 * 16384 hash slots.
 *
 * <p>Slots never have a hole: a shard that has no master at the moment keeps naming the one it had,
 * or else its first member, so that clients that insist on full coverage still connect.
 */
public final class ClusterView {
  /** A node as clients see it. */
  public record Node(
      NodeId nodeId,
      String id,
      Endpoint endpoint,
      boolean master,
      boolean failed,
      boolean loading) {}

  /** A shard: its master first, then the replicas; ranges of hash slots in rising order. */
  public record ShardView(String id, long epoch, List<Node> nodes, List<SlotRange> slots) {
    public Node master() {
      return nodes.getFirst();
    }

    /** The replicas that hold all of the shard's data. */
    public List<Node> readyReplicas() {
      return nodes.stream().filter(node -> !node.master() && !node.loading()).toList();
    }

    /** The number of hash slots. */
    public int hashSlots() {
      return slots.stream().mapToInt(range -> range.size() * Slot.HASH_SLOTS).sum();
    }
  }

  private final Topology topology;
  private final List<ShardView> shards;

  private ClusterView(Topology topology, List<ShardView> shards) {
    this.topology = topology;
    this.shards = List.copyOf(shards);
  }

  /**
   * The view of {@code topology}; {@code previous} tells who was master of a shard that has none
   * now.
   */
  public static ClusterView of(
      Topology topology, @Nullable ClusterView previous, NodeContext context) {
    List<ShardView> shards = new ArrayList<>();
    for (Shard shard : topology.shards()) {
      List<Node> nodes = nodes(topology, shard, namedMaster(shard, previous), context);
      if (!nodes.isEmpty()) {
        shards.add(
            new ShardView(
                shardId(topology.clusterUid(), shard.id()),
                shard.epoch(),
                nodes,
                topology.slots().slotsOf(shard.id()).ranges()));
      }
    }
    return new ClusterView(topology, shards);
  }

  /** The 40-digit id of a node: the SHA-1 of its id's text. */
  public static String idOf(NodeId node) {
    return sha1(node.toString());
  }

  /** The 40-digit id of a shard. */
  public static String shardId(String clusterUid, int shard) {
    return sha1(clusterUid + "/shard/" + shard);
  }

  public Topology topology() {
    return topology;
  }

  /** The shards that have members, by rising number. */
  public List<ShardView> shards() {
    return shards;
  }

  /** The shard a node belongs to. */
  public Optional<ShardView> shardOf(String id) {
    return shards.stream()
        .filter(shard -> shard.nodes().stream().anyMatch(node -> node.id().equals(id)))
        .findFirst();
  }

  /** A member of the cluster. */
  public Optional<Node> node(NodeId id) {
    return shards.stream()
        .flatMap(shard -> shard.nodes().stream())
        .filter(node -> node.nodeId().equals(id))
        .findFirst();
  }

  /** The master of the shard a node belongs to. */
  public Optional<Node> masterOf(NodeId member) {
    return shardOf(idOf(member)).map(ShardView::master);
  }

  private static List<Node> nodes(
      Topology topology, Shard shard, @Nullable NodeId master, NodeContext context) {
    List<Node> nodes = new ArrayList<>();
    for (NodeId member : shard.members()) {
      Optional<NodeInfo> info = topology.node(member);
      if (info.isPresent()) {
        boolean isMaster = member.equals(master);
        Node node =
            new Node(
                member,
                idOf(member),
                context.endpointOf(info.get()),
                isMaster,
                isMaster && shard.master() == null,
                shard.learners().contains(member));
        nodes.add(isMaster ? 0 : nodes.size(), node);
      }
    }
    return nodes;
  }

  private static @Nullable NodeId namedMaster(Shard shard, @Nullable ClusterView previous) {
    if (shard.master() != null) {
      return shard.master();
    }
    if (previous != null) {
      for (ShardView before : previous.shards) {
        if (shard.isMember(before.master().nodeId())) {
          return before.master().nodeId();
        }
      }
    }
    return shard.members().isEmpty() ? null : shard.members().getFirst();
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1: missing (expected: in every Java runtime)", e);
    }
  }
}
