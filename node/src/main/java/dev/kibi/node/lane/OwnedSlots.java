package dev.kibi.node.lane;

import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;

/** Keeps a store to the slots that the topology gives its shard. */
final class OwnedSlots {

  private final SlotStore store;
  private final Keyspace keyspace;

  OwnedSlots(SlotStore store, Keyspace keyspace) {
    this.store = store;
    this.keyspace = keyspace;
    store.show(SlotSet.EMPTY);
  }

  /** Only the shard's own slots are seen from now on. */
  void show(SlotSet owned) {
    store.show(owned);
  }

  /**
   * A master empties what is neither its shard's nor on its way to it: slots that left, and
   * stagings given up.
   */
  void clearForeign(Topology topology, int shard) {
    SlotSet kept = topology.slots().slotsOf(shard);
    for (SlotMove move : topology.moves()) {
      kept = move.to() == shard ? kept.union(move.slots()) : kept;
    }
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      if (store.keys(slot) > 0 && !kept.contains(slot)) {
        keyspace.clear(slot);
      }
    }
  }
}
