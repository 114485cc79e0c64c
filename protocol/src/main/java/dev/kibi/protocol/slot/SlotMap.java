package dev.kibi.protocol.slot;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which shard owns each of the 1024 slots, immutable. A slot may have no owner only before the
 * first topology.
 */
public final class SlotMap {

  /** The owner of a slot that has none. */
  public static final int NONE = -1;

  private final short[] owners;

  private SlotMap(short[] owners) {
    this.owners = owners;
  }

  /** The map in which each shard owns its set; a slot named twice is refused. */
  public static SlotMap of(Map<Integer, SlotSet> slotsByShard) {
    short[] owners = new short[Slot.COUNT];
    Arrays.fill(owners, (short) NONE);
    slotsByShard.forEach((shard, slots) ->
        slots.stream()
            .forEach(slot -> {
              if (owners[slot] != NONE) {
                throw new IllegalArgumentException(
                    "slot "
                        + slot
                        + ": owned by shards "
                        + owners[slot]
                        + " and "
                        + shard
                        + " (expected: one owner)");
              }
              owners[slot] = shard.shortValue();
            }));
    return new SlotMap(owners);
  }

  /** The shard that owns a slot, or {@link #NONE}. */
  public int ownerOf(int slot) {
    return owners[slot];
  }

  /** The slots a shard owns. */
  public SlotSet slotsOf(int shard) {
    BitSet bits = new BitSet(Slot.COUNT);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      if (owners[slot] == shard) {
        bits.set(slot);
      }
    }
    return SlotSet.of(bits);
  }

  /**
   * The slots of every shard that owns any, by rising shard id; slots without an owner are left
   * out.
   */
  public SortedMap<Integer, SlotSet> byShard() {
    SortedMap<Integer, BitSet> bits = new TreeMap<>();
    int end;
    for (int first = 0; first < Slot.COUNT; first = end) {
      end = endOfRun(first);
      if (owners[first] != NONE) {
        bits.computeIfAbsent((int) owners[first], shard -> new BitSet(Slot.COUNT)).set(first, end);
      }
    }
    SortedMap<Integer, SlotSet> sets = new TreeMap<>();
    bits.forEach((shard, set) -> sets.put(shard, SlotSet.of(set)));
    return sets;
  }

  /** The end, exclusive, of the slots from {@code first} on that have the same owner. */
  private int endOfRun(int first) {
    int end = first + 1;
    while (end < Slot.COUNT && owners[end] == owners[first]) {
      end++;
    }
    return end;
  }

  /** This map with some slots given to a shard. */
  public SlotMap with(SlotSet slots, int shard) {
    short[] next = owners.clone();
    slots.stream().forEach(slot -> next[slot] = (short) shard);
    return new SlotMap(next);
  }

  /** Whether every slot has an owner. */
  public boolean isComplete() {
    for (short owner : owners) {
      if (owner == NONE) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotMap map && Arrays.equals(owners, map.owners);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(owners);
  }

  @Override
  public String toString() {
    return byShard().toString();
  }
}
