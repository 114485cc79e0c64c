package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import dev.kibi.protocol.slot.HashSlot;
import java.util.Set;

/** The hash slot all keys of a command share. */
public final class KeySlots {
  /** The command has no keys. */
  public static final int NONE = -1;

  /** The keys are in different hash slots. */
  public static final int CROSS = -2;

  private KeySlots() {}

  /**
   * 0..16383, {@link #NONE} or {@link #CROSS}. Allocates only for commands that find their keys
   * themselves.
   */
  public static int of(CommandSpec spec, Args args) {
    int single = spec.singleKey();
    if (single != 0) {
      return slot(args, single);
    }
    if (spec.keySpecs().isEmpty()) {
      return NONE;
    }
    KeyFinder finder = spec.keyFinder();
    if (finder != null) {
      Folded folded = new Folded(args);
      finder.find(args, folded);
      return folded.slot;
    }
    int slot = NONE;
    for (int i = 0; i < spec.keySpecs().size() && slot != CROSS; i++) {
      slot = fold(spec.keySpecs().get(i), args, slot);
    }
    return slot;
  }

  private static int fold(KeySpec keys, Args args, int slotSoFar) {
    int first = keys.has(KeyFlag.NOT_KEY) ? -1 : keys.first(args);
    if (first < 0) {
      return slotSoFar;
    }
    int last = Math.min(keys.last(args, first), args.count() - 1);
    int slot = slotSoFar;
    for (int i = first; i <= last && slot != CROSS; i += keys.step()) {
      slot = join(slot, slot(args, i));
    }
    return slot;
  }

  private static int join(int slot, int other) {
    return slot == NONE || slot == other ? other : CROSS;
  }

  private static int slot(Args args, int i) {
    return HashSlot.of(args.buffer(), args.offset(i), args.length(i));
  }

  private static final class Folded implements KeyFinder.Sink {
    private final Args args;
    private int slot = NONE;

    private Folded(Args args) {
      this.args = args;
    }

    @Override
    public void key(int argument, Set<KeyFlag> flags) {
      if (slot != CROSS) {
        slot = join(slot, slot(args, argument));
      }
    }
  }
}
