package dev.kibi.node.store;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store below its memory limit by deleting the worst of a few keys drawn by chance.
 *
 * <p>Each is drawn from a slot that is drawn with the weight of its candidates, since a slot may
 * well hold a single key.
 */
final class Evictor {

  private static final int SAMPLES = 5;

  /** So that a lowered limit does not stop the lane: the following commands go on. */
  private static final int MOST_PER_CALL = 1024;

  private final SlotStore store;
  private final RandomGenerator random;
  private EvictionPolicy policy = EvictionPolicy.NOEVICTION;
  private long maxBytes;

  private long nowMs;
  private boolean considered;
  private int drawnSlot;
  private @Nullable Entry worst;
  private long worstScore;
  private int worstSlot;

  Evictor(SlotStore store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  void limit(long newMaxBytes, EvictionPolicy newPolicy) {
    maxBytes = newMaxBytes;
    policy = newPolicy;
  }

  EvictionPolicy policy() {
    return policy;
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Evicts while the limit is exceeded; false when it is and no key may go. */
  boolean makeRoom(long now, EntryRemoval removal) {
    nowMs = now;
    for (int evicted = 0; isOverLimit() && evicted < MOST_PER_CALL; evicted++) {
      Entry victim = draw();
      if (victim == null) {
        return false;
      }
      removal.remove(worstSlot, victim);
    }
    return true;
  }

  private boolean isOverLimit() {
    return maxBytes > 0 && store.usedBytes() > maxBytes;
  }

  /** The worst of a few candidates, or null when there is none. */
  private @Nullable Entry draw() {
    worst = null;
    long all = policy.onlyExpiring() ? store.visibleKeysWithExpiry() : store.visibleKeys();
    if (all > 0 && policy != EvictionPolicy.NOEVICTION) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        drawFrom(slotOfCandidate(random.nextLong(all)));
      }
    }
    return worst;
  }

  private int candidates(int slot) {
    if (!store.isVisible(slot)) {
      return 0;
    }
    return policy.onlyExpiring() ? store.keysWithExpiry(slot) : store.keys(slot);
  }

  /**
   * The slot in which the candidate of this number is, when they are numbered through slot by slot.
   */
  private int slotOfCandidate(long number) {
    int slot = -1;
    for (long left = number; left >= 0; ) {
      slot++;
      left -= candidates(slot);
    }
    return slot;
  }

  /** Considers the first candidate at or behind a random place of a slot that has one. */
  private void drawFrom(int slot) {
    NodeTable<Entry> entries = store.table(slot).entries;
    considered = false;
    drawnSlot = slot;
    int hash = random.nextInt(SeededHash.END);
    while (!considered) {
      hash = entries.walk(hash, 1, this::consider) % SeededHash.END;
    }
  }

  private void consider(Entry entry) {
    if (considered || (policy.onlyExpiring() && !entry.expires())) {
      return;
    }
    considered = true;
    long score = score(entry);
    if (worst == null || score > worstScore) {
      worst = entry;
      worstScore = score;
      worstSlot = drawnSlot;
    }
  }

  /** The higher, the sooner it goes. */
  private long score(Entry entry) {
    return switch (policy.measure()) {
      case IDLE_TIME -> AccessClock.idleSeconds(entry.access, nowMs);
      case FREQUENCY -> -AccessClock.count(entry.access, nowMs);
      case EXPIRY -> -entry.expireAtMs;
      case CHANCE, NONE -> 0;
    };
  }
}
