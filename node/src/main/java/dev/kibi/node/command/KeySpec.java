package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Where one group of keys stands among a command's arguments, in the terms of Redis 7 key
 * specifications.
 *
 * <p>A search begins at a fixed argument or behind a keyword, and then finds either a range of
 * arguments or a count followed by that many keys.
 */
public final class KeySpec {
  /** Where the search begins. */
  public sealed interface Begin {
    record Index(int position) implements Begin {}

    /** Behind {@code word}; searched from {@code startFrom}, backwards when that is negative. */
    record Keyword(String word, int startFrom) implements Begin {}

    record Unknown() implements Begin {}
  }

  /** Which arguments are keys, seen from where the search began. */
  public sealed interface Find {
    /**
     * Up to {@code lastKey} (from the end when negative; then only the first 1/limit of the
     * arguments).
     */
    record Range(int lastKey, int step, int limit) implements Find {}

    /** As many keys as the argument at {@code countIndex} says, from {@code firstKey}. */
    record KeyNum(int countIndex, int firstKey, int step) implements Find {}

    record Unknown() implements Find {}
  }

  private static final int NOT_FOUND = -1;

  private final Begin begin;
  private final Find find;
  private final Set<KeyFlag> flags;
  private final String notes;
  private final Function<Args, Set<KeyFlag>> flagsOf;

  private KeySpec(
      Begin begin,
      Find find,
      Set<KeyFlag> flags,
      String notes,
      Function<Args, Set<KeyFlag>> flagsOf) {
    this.begin = begin;
    this.find = find;
    this.flags = flags;
    this.notes = notes;
    this.flagsOf = flagsOf;
  }

  /** One key at a fixed argument. */
  public static KeySpec key(int position, KeyFlag... flags) {
    return keys(position, 0, 1, flags);
  }

  /**
   * Keys from argument {@code position} to {@code last} (relative to it, or from the end when
   * negative).
   */
  public static KeySpec keys(int position, int last, int step, KeyFlag... flags) {
    return of(new Begin.Index(position), new Find.Range(last, step, 0), flags);
  }

  /** A count at argument {@code position}, then that many keys. */
  public static KeySpec counted(int position, KeyFlag... flags) {
    return of(new Begin.Index(position), new Find.KeyNum(0, 1, 1), flags);
  }

  /** Keys behind a keyword. */
  public static KeySpec behind(String word, int startFrom, Find find, KeyFlag... flags) {
    return of(new Begin.Keyword(word, startFrom), find, flags);
  }

  /** Keys that only the command's own {@link KeyFinder} can tell. */
  public static KeySpec unknown(KeyFlag... flags) {
    return of(new Begin.Unknown(), new Find.Unknown(), flags);
  }

  /** The general form. */
  public static KeySpec of(Begin begin, Find find, KeyFlag... flags) {
    Set<KeyFlag> set = EnumSet.noneOf(KeyFlag.class);
    for (KeyFlag flag : flags) {
      set.add(flag);
    }
    return new KeySpec(begin, find, set, "", args -> set);
  }

  /** This specification with a remark that COMMAND INFO shows. */
  public KeySpec note(String text) {
    return new KeySpec(begin, find, flags, text, flagsOf);
  }

  /** This specification, where the arguments tell what is done to the keys. */
  public KeySpec flaggedBy(Function<Args, Set<KeyFlag>> function) {
    return new KeySpec(begin, find, flags, notes, function);
  }

  public Begin begin() {
    return begin;
  }

  public Find find() {
    return find;
  }

  public boolean has(KeyFlag flag) {
    return flags.contains(flag);
  }

  public Set<KeyFlag> flags() {
    return EnumSet.copyOf(flags.isEmpty() ? EnumSet.noneOf(KeyFlag.class) : flags);
  }

  /** What is done to the keys of this very command. */
  Set<KeyFlag> flags(Args args) {
    return flagsOf.apply(args);
  }

  public String notes() {
    return notes;
  }

  /** Whether every key is found without asking the command. */
  public boolean isComplete() {
    return !has(KeyFlag.INCOMPLETE)
        && !(begin instanceof Begin.Unknown)
        && !(find instanceof Find.Unknown);
  }

  /** The first key's argument, or a negative number when the command has none of these keys. */
  int first(Args args) {
    int start =
        switch (begin) {
          case Begin.Index index -> index.position();
          case Begin.Keyword keyword -> behind(keyword, args);
          case Begin.Unknown _ -> NOT_FOUND;
        };
    if (start != NOT_FOUND && find instanceof Find.KeyNum counted) {
      start += counted.firstKey();
    }
    return start < args.count() ? start : NOT_FOUND;
  }

  /** The last key's argument; may lie beyond the arguments when the client's count is wrong. */
  int last(Args args, int first) {
    return switch (find) {
      case Find.Range range -> lastOfRange(range, args, first);
      case Find.KeyNum counted -> lastOfCount(counted, args, first - counted.firstKey());
      case Find.Unknown _ -> NOT_FOUND;
    };
  }

  int step() {
    return switch (find) {
      case Find.Range range -> range.step();
      case Find.KeyNum counted -> counted.step();
      case Find.Unknown _ -> 1;
    };
  }

  private static int lastOfRange(Find.Range range, Args args, int first) {
    if (range.lastKey() >= 0) {
      return first + range.lastKey();
    }
    if (range.limit() == 0) {
      return args.count() + range.lastKey();
    }
    return first + (args.count() - first) / range.limit() + range.lastKey();
  }

  private static int lastOfCount(Find.KeyNum counted, Args args, int start) {
    int at = start + counted.countIndex();
    if (at >= args.count() || !args.isLong(at)) {
      return NOT_FOUND;
    }
    long count = args.longValue(at);
    if (count < 1 || count > args.count()) {
      return NOT_FOUND;
    }
    return start + counted.firstKey() + ((int) count - 1) * counted.step();
  }

  private static int behind(Begin.Keyword keyword, Args args) {
    int count = args.count();
    if (keyword.startFrom() > 0) {
      for (int i = keyword.startFrom(); i < count - 1; i++) {
        if (args.is(i, keyword.word())) {
          return i + 1;
        }
      }
      return NOT_FOUND;
    }
    for (int i = count + keyword.startFrom(); i > 1; i--) {
      if (args.is(i, keyword.word())) {
        return i + 1;
      }
    }
    return NOT_FOUND;
  }
}
