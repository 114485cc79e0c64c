package dev.kibi.operator.plan;

import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotRange;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.SlotMove;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which slots belong where.
 *
 * <p><b>Goals.</b> Every kept shard owns its share: 1024 divided by their number, rounded down or
 * up. As few slots as possible change their owner.
 *
 * <p><b>Constraints.</b> Equal inputs give equal answers, and an answer carried out in part never
 * grows when asked again: slots in flight count as if they had arrived. A slot in flight is not
 * planned again.
 *
 * <p><b>Algorithm.</b> The shares that are one larger go to the shards that own most (then to the
 * lowest id), so that nothing moves only to be rounded. Shards that leave give everything, shards
 * above their share give their highest slots; shards below theirs take, lowest id first.
 *
 * <p><b>Example.</b> Shards 0, 1, 2 own 341, 341, 342; shards 3 and 4 are new. The three keep 205
 * each, 3 gets 205 and 4 gets 204: 409 slots move, none between old shards.
 */
final class SlotPlanner {

  /** One slot that should go from one shard to another. */
  record Transfer(int slot, int from, int to) {}

  private record Given(int slot, int from) {}

  private record Owned(int shard, int slots) {}

  private SlotPlanner() {}

  /** The first map: contiguous and balanced. */
  static SlotMap firstMap(int shards) {
    Map<Integer, SlotSet> owned = new TreeMap<>();
    for (int shard = 0; shard < shards; shard++) {
      int first = shard * Slot.COUNT / shards;
      int end = (shard + 1) * Slot.COUNT / shards;
      owned.put(shard, SlotSet.of(new SlotRange(first, end - 1)));
    }
    return SlotMap.of(owned);
  }

  /**
   * How far each kept shard is above its share once the moves in flight have arrived; negative:
   * below.
   */
  static Map<Integer, Integer> surplus(
      SlotMap owners, Collection<SlotMove> moves, Set<Integer> kept) {
    SlotMap arrived = owners;
    for (SlotMove move : moves) {
      arrived = arrived.with(move.slots(), move.to());
    }
    Map<Integer, SlotSet> byShard = arrived.byShard();
    List<Owned> owned = new ArrayList<>();
    kept.forEach(
        shard -> owned.add(new Owned(shard, byShard.getOrDefault(shard, SlotSet.EMPTY).size())));
    owned.sort(Comparator.comparingInt(Owned::slots).reversed().thenComparingInt(Owned::shard));
    int share = Slot.COUNT / kept.size();
    int larger = Slot.COUNT % kept.size();
    Map<Integer, Integer> surplus = new TreeMap<>();
    for (int i = 0; i < owned.size(); i++) {
      surplus.put(owned.get(i).shard(), owned.get(i).slots() - (i < larger ? share + 1 : share));
    }
    return surplus;
  }

  /** What still has to move, beside the moves in flight, for every kept shard to own its share. */
  static List<Transfer> transfers(SlotMap owners, Collection<SlotMove> moves, Set<Integer> kept) {
    Map<Integer, Integer> surplus = surplus(owners, moves, kept);
    SlotSet inFlight = moves.stream().map(SlotMove::slots).reduce(SlotSet.EMPTY, SlotSet::union);
    List<Given> given = new ArrayList<>();
    owners
        .byShard()
        .forEach((shard, slots) -> {
          SlotSet free = slots.minus(inFlight);
          int count = surplus.getOrDefault(shard, free.size());
          highest(free, count).stream().forEach(slot -> given.add(new Given(slot, shard)));
        });
    List<Transfer> transfers = new ArrayList<>();
    Iterator<Given> next = given.iterator();
    surplus.forEach((shard, above) -> {
      for (int missing = -above; missing > 0 && next.hasNext(); missing--) {
        Given slot = next.next();
        transfers.add(new Transfer(slot.slot(), slot.from(), shard));
      }
    });
    return transfers;
  }

  private static SlotSet highest(SlotSet slots, int count) {
    BitSet bits = slots.toBitSet();
    BitSet taken = new BitSet(Slot.COUNT);
    for (int slot = bits.length() - 1;
        slot >= 0 && taken.cardinality() < count;
        slot = bits.previousSetBit(slot - 1)) {
      taken.set(slot);
    }
    return SlotSet.of(taken);
  }
}
