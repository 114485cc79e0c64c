package dev.kibi.node.store;

import dev.kibi.protocol.slot.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks around the slots that have keys with an expiry, a stretch at a time, and finds the expired
 * ones.
 */
final class ExpiryCycle {

  private static final int STRETCH = 64;

  private final SlotStore store;
  private final List<Entry> expired = new ArrayList<>();
  private int slot;
  private int hash;
  private int looked;

  ExpiryCycle(SlotStore store) {
    this.store = store;
  }

  /** Looks at about {@code budget} entries and returns how many were expired. */
  int run(long nowMs, int budget, EntryRemoval removal) {
    if (store.keysWithExpiry() == 0) {
      return 0;
    }
    int deleted = 0;
    looked = 0;
    for (int finishedSlots = 0; looked < budget && finishedSlots <= Slot.COUNT; ) {
      if (store.keysWithExpiry(slot) > 0 && store.isVisible(slot)) {
        deleted += stretch(nowMs, Math.min(STRETCH, budget - looked), removal);
      } else {
        hash = SeededHash.END;
      }
      if (hash == SeededHash.END) {
        hash = 0;
        slot = (slot + 1) % Slot.COUNT;
        finishedSlots++;
      }
    }
    return deleted;
  }

  private int stretch(long nowMs, int limit, EntryRemoval removal) {
    hash =
        store
            .table(slot)
            .entries
            .walk(
                hash,
                limit,
                entry -> {
                  looked++;
                  if (entry.isExpired(nowMs)) {
                    expired.add(entry);
                  }
                });
    int deleted = expired.size();
    // Only now, because a walk must not change its table.
    for (Entry entry : expired) {
      removal.remove(slot, entry);
    }
    expired.clear();
    return deleted;
  }
}
