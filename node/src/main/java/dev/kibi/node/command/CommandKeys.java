package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Lists the keys of a command with what is done to them; for introspection, not for the hot path.
 */
public final class CommandKeys {
  /** One key: which argument, and how it is used. */
  public record Key(int argument, Set<KeyFlag> flags) {
    public Key {
      flags = flags.isEmpty() ? Set.of() : EnumSet.copyOf(flags);
    }
  }

  private CommandKeys() {}

  /** The keys in the order of the arguments; empty when the arguments tell of none. */
  public static List<Key> of(CommandSpec spec, Args args) {
    List<Key> keys = new ArrayList<>();
    KeyFinder finder = spec.keyFinder();
    if (finder != null) {
      finder.find(args, (argument, flags) -> keys.add(new Key(argument, flags)));
      return keys;
    }
    for (KeySpec keySpec : spec.keySpecs()) {
      int first = keySpec.has(KeyFlag.NOT_KEY) ? -1 : keySpec.first(args);
      if (first >= 0) {
        int last = Math.min(keySpec.last(args, first), args.count() - 1);
        for (int i = first; i <= last; i += keySpec.step()) {
          keys.add(new Key(i, keySpec.flags(args)));
        }
      }
    }
    return keys;
  }
}
