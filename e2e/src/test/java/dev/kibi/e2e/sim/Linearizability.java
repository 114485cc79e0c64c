package dev.kibi.e2e.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what clients saw of one key can be put into one order that respects time
 * (linearizability of a register; Wing and Gong 1993, with Lowe's memory of visited states).
 *
 * <p>The search walks events in time. At the head of what is left it may take any operation that
 * was invoked before the first answer still open, if its result fits the register's value. It goes
 * back when an answer comes up whose operation has not been taken. A pair (taken operations, value)
 * that has failed once fails again, so it is never tried twice.
 *
 * <p>An operation without an answer may be taken at any time after its invocation or never. One
 * that wrote a value nobody has read is left out at once: it may have happened after everything
 * else.
 */
final class Linearizability {

  /** What the register holds before the first operation, where that is not known. */
  static final String ANYTHING = "anything";

  private record State(BitSet taken, @Nullable String value) {}

  private final List<Op> ops;
  private final Set<State> failed = new HashSet<>();
  private final BitSet taken = new BitSet();

  private Linearizability(List<Op> ops) {
    this.ops = ops;
  }

  /** Whether the operations on one key, in any order, can be linearized. */
  static boolean holds(List<Op> history, @Nullable String initial) {
    Set<String> read = new HashSet<>();
    for (Op op : history) {
      if (op.isRead() && op.outcome() == Op.Outcome.DONE && op.found() != null) {
        read.add(op.found());
      }
    }
    List<Op> ops = new ArrayList<>();
    for (Op op : history) {
      boolean matters =
          switch (op.outcome()) {
            case DONE -> true;
            case REFUSED -> false;
            case OPEN -> op.kind == Op.Kind.DEL || (op.value != null && read.contains(op.value));
          };
      if (matters) {
        ops.add(op);
      }
    }
    ops.sort(Comparator.comparingLong(op -> op.invokedAt));
    return new Linearizability(ops).search(0, initial);
  }

  /** Whether the rest fits, where everything before {@code first} has been taken. */
  private boolean search(int first, @Nullable String value) {
    int from = taken.nextClearBit(first);
    long firstAnswer = Long.MAX_VALUE;
    for (int i = from; i < ops.size() && ops.get(i).invokedAt <= firstAnswer; i++) {
      if (!taken.get(i)) {
        firstAnswer = Math.min(firstAnswer, ops.get(i).answeredAt());
      }
    }
    if (firstAnswer == Long.MAX_VALUE) {
      return true; // what is left was never answered
    }
    State state = new State((BitSet) taken.clone(), value);
    if (failed.contains(state)) {
      return false;
    }
    for (int i = from; i < ops.size() && ops.get(i).invokedAt <= firstAnswer; i++) {
      Op op = ops.get(i);
      if (!taken.get(i) && fits(op, value)) {
        taken.set(i);
        if (search(from, op.isRead() ? op.found() : op.value)) {
          return true;
        }
        taken.clear(i);
      }
    }
    failed.add(state);
    return false;
  }

  private static boolean fits(Op op, @Nullable String value) {
    return !op.isRead() || Objects.equals(value, ANYTHING) || Objects.equals(op.found(), value);
  }
}
