package dev.kibi.node.shard;

import dev.kibi.protocol.election.ElectionRule;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A change a node wants in the topology, with the guard under which it may be made. It is worked
 * out anew on every version it is tried on, so a conflict can never carry an old decision over.
 */
public sealed interface TopologyChange {

  /** The topology with the change made, or nothing when its guard does not hold there. */
  Optional<Topology> applyTo(Topology topology);

  /**
   * Whether it is tried again at once after a conflict, because clients are parked until it is
   * made.
   */
  default boolean urgent() {
    return false;
  }

  /** A learner that has everything acknowledged becomes in sync. */
  record AddInSync(int shard, long epoch, NodeId node) implements TopologyChange {
    @Override
    public Optional<Topology> applyTo(Topology topology) {
      return ledBy(topology, shard, epoch)
          .filter(s -> s.learners().contains(node) || s.electable().contains(node))
          .map(s -> {
            List<NodeId> inSync = new ArrayList<>(s.inSync());
            inSync.add(node);
            Shard without = s.without(node);
            boolean enough = inSync.size() >= 2;
            List<NodeId> learners = new ArrayList<>(without.learners());
            if (enough) {
              learners.addAll(without.electable());
            }
            return topology.withShard(
                shard,
                x ->
                    new Shard(
                        shard,
                        epoch,
                        x.master(),
                        false,
                        inSync,
                        enough ? List.of() : without.electable(),
                        learners));
          });
    }
  }

  /**
   * A silent member goes out of the in-sync set before writes go on without it (M:
   * ShrinkBeforeAck).
   */
  record RemoveInSync(int shard, long epoch, NodeId node) implements TopologyChange {
    @Override
    public Optional<Topology> applyTo(Topology topology) {
      return ledBy(topology, shard, epoch)
          .filter(s -> s.inSync().contains(node) && !s.isMaster(node))
          .map(s -> {
            Shard without = s.without(node);
            // M: ElectableOnlyIfMin
            boolean keep =
                topology.durability() == Durability.REQUIRED && without.inSync().size() < 2;
            List<NodeId> electable = new ArrayList<>(without.electable());
            List<NodeId> learners = new ArrayList<>(without.learners());
            (keep ? electable : learners).add(node);
            return topology.withShard(
                shard,
                x ->
                    new Shard(
                        shard, epoch, x.master(), false, without.inSync(), electable, learners));
          });
    }
  }

  /**
   * An electable copy that can only be copied anew becomes a learner, so that it may be. Until that
   * is done one copy is left; nothing is acknowledged meanwhile, as two are required.
   */
  record RemoveElectable(int shard, long epoch, NodeId node) implements TopologyChange {
    @Override
    public Optional<Topology> applyTo(Topology topology) {
      return ledBy(topology, shard, epoch)
          .filter(s -> s.electable().contains(node))
          .map(s -> {
            Shard without = s.without(node);
            List<NodeId> learners = new ArrayList<>(without.learners());
            learners.add(node);
            return topology.withShard(shard, x -> without.withMembers(without.inSync(), learners));
          });
    }
  }

  /**
   * Slots go to the target's shard, with both epochs and the move as they were at CAUGHT_UP (M:
   * GuardEpochs).
   */
  record CommitMove(SlotMove move) implements TopologyChange {
    @Override
    public boolean urgent() {
      return true;
    }

    @Override
    public Optional<Topology> applyTo(Topology topology) {
      boolean asPlanned =
          topology.move(move.id()).equals(Optional.of(move))
              && ledBy(topology, move.from(), move.fromEpoch()).isPresent()
              && ledBy(topology, move.to(), move.toEpoch()).isPresent();
      return asPlanned ? Optional.of(topology.withCommitted(List.of(move))) : Optional.empty();
    }
  }

  /**
   * The shard goes to {@code to}, which holds the end of the log of {@code from}; that one has
   * stopped.
   *
   * @param leave whether {@code from} also leaves the in-sync set, because its process ends
   */
  record HandOver(int shard, long epoch, NodeId from, NodeId to, boolean leave)
      implements TopologyChange {

    @Override
    public boolean urgent() {
      return true;
    }

    @Override
    public Optional<Topology> applyTo(Topology topology) {
      return ledBy(topology, shard, epoch)
          .filter(s -> s.isMaster(from) && !from.equals(to) && s.inSync().contains(to))
          .map(s -> topology.withShard(shard, x -> handedOver(x, topology.durability())));
    }

    private Shard handedOver(Shard before, Durability durability) {
      List<NodeId> inSync = new ArrayList<>(before.inSync());
      List<NodeId> electable = new ArrayList<>(before.electable());
      List<NodeId> learners = new ArrayList<>(before.learners());
      if (leave) {
        inSync.remove(from);
        boolean keep = durability == Durability.REQUIRED && inSync.size() < 2;
        (keep ? electable : learners).add(from); // M: ElectableOnlyIfMin
      }
      return new Shard(shard, epoch + 1, to, true, inSync, electable, learners);
    }
  }

  /**
   * A replica leads in the next epoch, because its master is suspected and nobody else has acted.
   * Each bids for itself only: it knows nobody else's log.
   *
   * @param provenDead whether another life of the old master's pod was met
   */
  record Elect(int shard, long epoch, NodeId candidate, boolean provenDead)
      implements TopologyChange {
    @Override
    public Optional<Topology> applyTo(Topology topology) {
      return topology
          .shard(shard)
          .filter(s -> s.epoch() == epoch && s.isPromotable(candidate) && !s.isMaster(candidate))
          .map(s -> {
            TreeSet<NodeId> dead = new TreeSet<>();
            if (provenDead && s.master() != null) {
              dead.add(s.master());
            }
            return topology.withShard(
                shard,
                x ->
                    ElectionRule.elected(
                        x, candidate, new TreeSet<>(), dead, topology.durability()));
          });
    }
  }

  private static Optional<Shard> ledBy(Topology topology, int shard, long epoch) {
    return topology.shard(shard).filter(s -> s.epoch() == epoch && s.master() != null);
  }
}
