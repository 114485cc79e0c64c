package dev.kibi.node.lane;

import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Flag;
import dev.kibi.node.command.Route;
import dev.kibi.node.command.Router;
import dev.kibi.node.command.Session;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where each hash slot is served, worked out once per topology (invariant 8).
 *
 * <pre>
 * the slot's shard | this node                              | route
 * -----------------+----------------------------------------+---------------------------------------------
 * ours             | master, leased, slot not fenced        | Local
 * ours             | master, without lease or slot fenced   | Parked; Down once parked for too long
 * ours             | replica, its new master not yet heard after a switchover | Parked
 * ours             | replica in sync, READONLY and a read   | Local
 * ours             | replica otherwise                      | Moved to the master
 * another          | master, promised the slot by its move  | Parked
 * another          | otherwise                              | Moved to its master, Down when it has none
 * (no keys)        | master, as for a slot; a write also waits while any slot is fenced | Local, Parked or Down
 * </pre>
 */
final class RoutingTable implements Router {

  /** Whether this node may run commands right now. */
  interface Serving {
    /** Whether the lease holds at the time of the batch. */
    boolean leased();

    /** Whether clients have been parked for longer than they should. */
    boolean parkedTooLong();

    /** Whether a replica may serve reads. */
    boolean inSync();

    /** Whether the shard has just been handed over, and the new master has not answered yet. */
    boolean awaitsSuccessor();

    /** Whether writes must wait because a follower cannot keep up. */
    boolean writesHeldBack();
  }

  private final Serving serving;
  private final int clientPort;
  private final boolean[] ours = new boolean[Slot.COUNT];
  private final @Nullable String[] masterHosts = new @Nullable String[Slot.COUNT];
  private final BitSet fenced = new BitSet(Slot.COUNT);
  private BitSet promised = new BitSet(Slot.COUNT);
  private boolean master;

  RoutingTable(Serving serving, int clientPort) {
    this.serving = serving;
    this.clientPort = clientPort;
  }

  @Override
  public Route route(CommandSpec spec, Session session, int hashSlot) {
    int slot = Slot.ofHashSlot(hashSlot);
    if (!ours[slot]) {
      return promised.get(slot) ? Route.PARKED : elsewhere(hashSlot);
    }
    if (master) {
      if (serving.leased() && !fenced.get(slot)) {
        return spec.has(Flag.WRITE) && serving.writesHeldBack() ? Route.PARKED : Route.LOCAL;
      }
      return serving.parkedTooLong() ? Route.CLUSTER_DOWN : Route.PARKED;
    }
    if (serving.awaitsSuccessor()) {
      return Route.PARKED;
    }
    boolean mayRead = session.readOnly() && spec.has(Flag.READONLY) && serving.inSync();
    return mayRead ? Route.LOCAL : elsewhere(hashSlot);
  }

  @Override
  public Route routeKeyless(CommandSpec spec) {
    boolean write = spec.has(Flag.WRITE);
    if (!master || !(write || spec.has(Flag.READONLY))) {
      return Route.LOCAL;
    }
    boolean mayRun =
        serving.leased() && !(write && (!fenced.isEmpty() || serving.writesHeldBack()));
    if (mayRun) {
      return Route.LOCAL;
    }
    return serving.parkedTooLong() ? Route.CLUSTER_DOWN : Route.PARKED;
  }

  /** Takes a newer topology. */
  void install(Topology topology, NodeId self) {
    Optional<Shard> own = topology.shardOf(self);
    master = own.isPresent() && own.get().isMaster(self);
    SlotMap owners = topology.slots();
    Map<Integer, String> hosts = masterHosts(topology);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      int owner = owners.ownerOf(slot);
      ours[slot] = own.isPresent() && own.get().id() == owner;
      masterHosts[slot] = hosts.get(owner);
    }
  }

  private static Map<Integer, String> masterHosts(Topology topology) {
    Map<Integer, String> hosts = new HashMap<>();
    for (Shard shard : topology.shards()) {
      Optional.ofNullable(shard.master())
          .flatMap(topology::node)
          .ifPresent(master -> hosts.put(shard.id(), master.address()));
    }
    return hosts;
  }

  void fence(SlotSet slots) {
    fenced.or(slots.toBitSet());
  }

  void unfence(SlotSet slots) {
    fenced.andNot(slots.toBitSet());
  }

  /** These slots, and no others, may become ours at any moment: clients wait for that. */
  void promise(SlotSet slots) {
    promised = slots.toBitSet();
  }

  private Route elsewhere(int hashSlot) {
    String host = masterHosts[Slot.ofHashSlot(hashSlot)];
    return host == null ? Route.SLOT_NOT_SERVED : new Route.Moved(hashSlot, host, clientPort);
  }
}
