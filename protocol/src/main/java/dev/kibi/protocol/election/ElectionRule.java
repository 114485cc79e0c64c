package dev.kibi.protocol.election;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Picks a shard's next master (protocol.md section 3, step 2).
 *
 * <p>Goal: no acknowledged write is lost, and little has to be copied. Constraint: only a node in
 * {@code inSync} or {@code electable} of the current version may win, never a suspect, and only one
 * that has reported. Order: highest position (epoch, LSN), then the zone with fewest masters, then
 * the lowest node id.
 *
 * <p>Example: in sync are A (suspect), B at LSN 900 and C at LSN 950; C wins, and the shard starts
 * its next epoch with C and B in sync.
 */
public final class ElectionRule {

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingLong(Candidate::epoch)
          .reversed()
          .thenComparing(Comparator.comparingLong(Candidate::lsn).reversed())
          .thenComparingInt(Candidate::mastersInZone)
          .thenComparing(Candidate::node);

  private ElectionRule() {}

  /** The node that should lead, or nothing while no promotable node is known to live. */
  public static Optional<NodeId> winner(
      Shard shard, SortedSet<NodeId> suspects, Collection<Candidate> reported) {
    return reported.stream()
        .filter(candidate ->
            shard.isPromotable(candidate.node()) && !suspects.contains(candidate.node()))
        .min(BEST_FIRST)
        .map(Candidate::node);
  }

  /**
   * The live copy to recover from when every promotable node is proven dead, or nothing when there
   * is none.
   */
  public static Optional<NodeId> bestCopy(Collection<Candidate> reported) {
    return reported.stream().min(BEST_FIRST).map(Candidate::node);
  }

  /**
   * The shard in its next epoch under {@code winner}.
   *
   * <p>In sync stay the winner and the members nobody suspects. The old master goes out: it may
   * hold effects that are rolled back, and every write would wait for it. Whoever goes out and is
   * not proven dead becomes a learner, except under {@code required} when fewer than two copies are
   * left: then it stays electable (M: ElectableOnlyIfMin).
   */
  public static Shard elected(
      Shard shard,
      NodeId winner,
      SortedSet<NodeId> suspects,
      SortedSet<NodeId> provenDead,
      Durability durability) {
    List<NodeId> inSync = new ArrayList<>(List.of(winner));
    for (NodeId node : shard.inSync()) {
      if (!node.equals(winner)
          && !shard.isMaster(node)
          && !suspects.contains(node)
          && !provenDead.contains(node)) {
        inSync.add(node);
      }
    }
    boolean keepElectable = durability == Durability.REQUIRED && inSync.size() < 2;
    List<NodeId> electable = new ArrayList<>();
    List<NodeId> learners = new ArrayList<>();
    for (NodeId node : shard.members()) {
      if (inSync.contains(node) || provenDead.contains(node)) {
        continue;
      }
      (keepElectable && shard.isPromotable(node) ? electable : learners).add(node);
    }
    return new Shard(shard.id(), shard.epoch() + 1, winner, false, inSync, electable, learners);
  }
}
