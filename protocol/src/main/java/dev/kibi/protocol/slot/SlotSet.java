package dev.kibi.protocol.slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An immutable, ordered set of slots; written as ranges, {@code "0-340,512"}; the empty set is
 * {@code ""}.
 */
public final class SlotSet {

  /** No slot. */
  public static final SlotSet EMPTY = new SlotSet(new long[0]);

  /** Every slot. */
  public static final SlotSet ALL = of(new SlotRange(0, Slot.COUNT - 1));

  /** The longest text {@link #parse} reads: every second slot, each with its comma. */
  public static final int TEXT_LENGTH_MAX = 4096;

  private final long[] words; // without trailing zero words, so that equal sets have equal words

  private SlotSet(long[] words) {
    this.words = words;
  }

  /** The set of the bits that are on; bits from 1024 on are refused. */
  public static SlotSet of(BitSet bits) {
    if (bits.length() > Slot.COUNT) {
      Slot.require(bits.length() - 1);
    }
    return new SlotSet(bits.toLongArray());
  }

  /** The slots of one range. */
  public static SlotSet of(SlotRange range) {
    BitSet bits = new BitSet(Slot.COUNT);
    bits.set(range.first(), range.last() + 1);
    return of(bits);
  }

  /** The set of the named slots. */
  public static SlotSet of(int... slots) {
    BitSet bits = new BitSet(Slot.COUNT);
    for (int slot : slots) {
      bits.set(Slot.require(slot));
    }
    return of(bits);
  }

  /**
   * Reads {@code "0-340,512"}.
   *
   * @throws IllegalArgumentException naming the part that is no range of slots
   */
  public static SlotSet parse(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "slots: " + text.length() + " characters (expected: at most " + TEXT_LENGTH_MAX + ")");
    }
    BitSet bits = new BitSet(Slot.COUNT);
    if (!text.isEmpty()) {
      int from = 0;
      while (from <= text.length()) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? text.length() : comma;
        SlotRange range = parseRange(text.substring(from, to));
        bits.set(range.first(), range.last() + 1);
        from = to + 1;
      }
    }
    return of(bits);
  }

  private static SlotRange parseRange(String part) {
    int dash = part.indexOf('-');
    try {
      return dash < 0
          ? new SlotRange(Integer.parseInt(part), Integer.parseInt(part))
          : new SlotRange(
              Integer.parseInt(part.substring(0, dash)),
              Integer.parseInt(part.substring(dash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "slots: \"" + part + "\" (expected: a slot or a range such as 0-340)", e);
    }
  }

  public boolean contains(int slot) {
    int word = slot >> 6;
    return word < words.length && (words[word] >>> slot & 1) != 0;
  }

  public boolean isEmpty() {
    return words.length == 0;
  }

  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /** The slots in either set. */
  public SlotSet union(SlotSet other) {
    BitSet bits = toBitSet();
    bits.or(other.toBitSet());
    return of(bits);
  }

  /** The slots of this set that are not in the other. */
  public SlotSet minus(SlotSet other) {
    BitSet bits = toBitSet();
    bits.andNot(other.toBitSet());
    return of(bits);
  }

  /** The slots in both sets. */
  public SlotSet intersect(SlotSet other) {
    BitSet bits = toBitSet();
    bits.and(other.toBitSet());
    return of(bits);
  }

  /** The slots in rising order. */
  public IntStream stream() {
    return toBitSet().stream();
  }

  /** The slots in rising order. */
  public PrimitiveIterator.OfInt iterator() {
    return stream().iterator();
  }

  /** The slots as the fewest ranges, in rising order. */
  public List<SlotRange> ranges() {
    BitSet bits = toBitSet();
    List<SlotRange> ranges = new ArrayList<>();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      ranges.add(new SlotRange(first, end - 1));
      first = bits.nextSetBit(end);
    }
    return List.copyOf(ranges);
  }

  /** A copy that may be changed. */
  public BitSet toBitSet() {
    return BitSet.valueOf(words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotSet set && Arrays.equals(words, set.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return ranges().stream().map(SlotRange::toString).collect(Collectors.joining(","));
  }
}
