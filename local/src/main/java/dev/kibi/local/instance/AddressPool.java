package dev.kibi.local.instance;

import java.util.BitSet;

/**
 * Loopback addresses to give away, in turn: an address that was returned is the last to be given
 * again, so that whoever still uses it by mistake is found out.
 */
public final class AddressPool {
  private final String prefix;
  private final int first;
  private final int size;
  private final BitSet taken = new BitSet();
  private int last = -1;

  /** Addresses {@code prefix.X.Y}: {@code size} of them, starting at number {@code first}. */
  AddressPool(String prefix, int first, int size) {
    this.prefix = prefix;
    this.first = first;
    this.size = size;
  }

  public synchronized String allocate() {
    for (int step = 1; step <= size; step++) {
      int candidate = (last + step) % size;
      if (!taken.get(candidate)) {
        taken.set(candidate);
        last = candidate;
        int number = first + candidate;
        return prefix + "." + number / 256 + "." + number % 256;
      }
    }
    throw new IllegalStateException("addresses: all " + size + " in use (expected: a free one)");
  }

  public synchronized void release(String address) {
    String[] parts = address.substring(prefix.length() + 1).split("\\.", -1);
    int number = Integer.parseInt(parts[0]) * 256 + Integer.parseInt(parts[1]);
    taken.clear(number - first);
  }
}
