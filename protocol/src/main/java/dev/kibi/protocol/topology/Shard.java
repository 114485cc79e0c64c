package dev.kibi.protocol.topology;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shard at one version: who leads it, since which epoch, and whose copies count.
 *
 * @param id 0 and up; part of the names of its StatefulSet and pods
 * @param epoch rises with every change of master
 * @param master the node that serves writes, or null while nobody can
 * @param handover whether the master got the shard in a planned switchover, so that no older lease
 *     can be open; any later change of the shard clears it
 * @param inSync nodes that hold every acknowledged write, in the order they joined
 * @param electable nodes taken out of {@code inSync} that may still be elected (durability required
 *     only)
 * @param learners nodes that copy the shard and count for nothing yet
 */
public record Shard(
    int id,
    long epoch,
    @Nullable NodeId master,
    boolean handover,
    List<NodeId> inSync,
    List<NodeId> electable,
    List<NodeId> learners) {

  public Shard {
    inSync = List.copyOf(inSync);
    electable = List.copyOf(electable);
    learners = List.copyOf(learners);
  }

  /** A shard's first form: one master, in sync with itself. */
  public static Shard bootstrap(int id, NodeId master, List<NodeId> learners) {
    return new Shard(id, 1, master, false, List.of(master), List.of(), learners);
  }

  /** Every node the shard names: in-sync, electable, learners, in this order. */
  public List<NodeId> members() {
    List<NodeId> members = new ArrayList<>(inSync);
    members.addAll(electable);
    members.addAll(learners);
    return List.copyOf(members);
  }

  /** Whether a node may be elected. */
  public boolean isPromotable(NodeId node) {
    return inSync.contains(node) || electable.contains(node);
  }

  public boolean isMember(NodeId node) {
    return isPromotable(node) || learners.contains(node);
  }

  public boolean isMaster(NodeId node) {
    return node.equals(master);
  }

  /** This shard with another in-sync set and learners; the rest stays, but for {@code handover}. */
  public Shard withMembers(List<NodeId> newInSync, List<NodeId> newLearners) {
    return new Shard(id, epoch, master, false, newInSync, electable, newLearners);
  }

  /** This shard without a node, which must not be its master. */
  public Shard without(NodeId node) {
    if (isMaster(node)) {
      throw new IllegalArgumentException(
          "node: " + node + " is master of shard " + id + " (expected: another one)");
    }
    return new Shard(
        id,
        epoch,
        master,
        false,
        dropping(inSync, node),
        dropping(electable, node),
        dropping(learners, node));
  }

  private static List<NodeId> dropping(List<NodeId> nodes, NodeId gone) {
    return nodes.stream().filter(node -> !node.equals(gone)).toList();
  }
}
