package dev.kibi.protocol.slot;

/** Slots {@code first} to {@code last}, both included; written {@code "7"} or {@code "0-340"}. */
public record SlotRange(int first, int last) {

  public SlotRange {
    Slot.require(first);
    Slot.require(last);
    if (first > last) {
      throw new IllegalArgumentException(
          "slot range: " + first + "-" + last + " (expected: first <= last)");
    }
  }

  /** How many slots the range holds. */
  public int size() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
