package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kibi.node.resp.Args;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything the node knows about one command or subcommand; one line of a family's table.
 *
 * <pre>
 * entry("GET", arity(2), flags(READONLY, FAST), keys(key(1, RO, ACCESS)), Strings::get)
 * </pre>
 *
 * <p>The arity counts the name (and the container's name); negative means "at least". Immutable:
 * {@code tips}, {@code acl} and the like answer a changed copy.
 */
public final class CommandSpec {
  private final String name;
  private final String fullName;
  private final byte[] nameBytes;
  private final int id;
  private final CommandGroup group;
  private final int arity;
  private final int flagBits;
  private final List<KeySpec> keySpecs;
  private final List<Tip> tips;
  private final Set<AclCategory> categories;
  private final boolean inFamilyCategory;
  private final @Nullable KeyFinder keyFinder;
  private final @Nullable Handler handler;
  private final List<CommandSpec> subcommands;
  private final @Nullable CommandIndex subcommandIndex;
  private final int singleKey;

  private CommandSpec(Parts p) {
    name = p.name;
    fullName = p.parent.isEmpty() ? lower(p.name) : lower(p.parent + "|" + p.name);
    nameBytes = p.name.getBytes(US_ASCII);
    id = p.id;
    group = p.group;
    arity = p.arity;
    flagBits = p.flagBits;
    keySpecs = List.copyOf(p.keySpecs);
    tips = List.copyOf(p.tips);
    categories = p.categories;
    inFamilyCategory = p.inFamilyCategory;
    keyFinder = p.keyFinder;
    handler = p.handler;
    subcommands = List.copyOf(p.subcommands);
    subcommandIndex = subcommands.isEmpty() ? null : new CommandIndex(subcommands);
    singleKey = singleKeyOf(keySpecs);
  }

  /** A command with a handler of its own. */
  public static CommandSpec entry(
      String name, int arity, Set<Flag> flags, List<KeySpec> keys, Handler handler) {
    Parts parts = new Parts(name, arity, flags);
    parts.keySpecs = keys;
    parts.handler = handler;
    return new CommandSpec(parts);
  }

  /** A command without keys. */
  public static CommandSpec entry(String name, int arity, Set<Flag> flags, Handler handler) {
    return entry(name, arity, flags, List.of(), handler);
  }

  /** A command that only has subcommands. */
  public static CommandSpec container(String name, Set<Flag> flags, CommandSpec... subcommands) {
    Parts parts = new Parts(name, arityAtLeast(2), flags);
    parts.subcommands = List.of(subcommands);
    return new CommandSpec(parts);
  }

  /** Exactly {@code arguments}, the name included. */
  public static int arity(int arguments) {
    return arguments;
  }

  /** {@code arguments} or more, the name included. */
  public static int arityAtLeast(int arguments) {
    return -arguments;
  }

  public static Set<Flag> flags(Flag... flags) {
    Set<Flag> set = EnumSet.noneOf(Flag.class);
    for (Flag flag : flags) {
      set.add(flag);
    }
    return set;
  }

  public static List<KeySpec> keys(KeySpec... specs) {
    return List.of(specs);
  }

  /** This command with hints for cluster-aware clients, in the order they are to be listed. */
  public CommandSpec tips(Tip... added) {
    Parts parts = new Parts(this);
    parts.tips = List.of(added);
    return new CommandSpec(parts);
  }

  /** This command in further ACL categories than its flags and group put it into. */
  public CommandSpec acl(AclCategory... added) {
    Parts parts = new Parts(this);
    parts.categories = EnumSet.copyOf(parts.categories);
    parts.categories.addAll(List.of(added));
    return new CommandSpec(parts);
  }

  /** This command in these ACL categories instead of its family's. */
  public CommandSpec aclInstead(AclCategory... categories) {
    Parts parts = new Parts(acl(categories));
    parts.inFamilyCategory = false;
    return new CommandSpec(parts);
  }

  /**
   * This command with its own way of finding keys; makes it {@code movablekeys} where the key specs
   * are incomplete.
   */
  public CommandSpec keysFoundBy(KeyFinder finder) {
    Parts parts = new Parts(this);
    parts.keyFinder = finder;
    return new CommandSpec(parts);
  }

  /** This command with subcommands beside its own handler. */
  public CommandSpec with(CommandSpec... added) {
    Parts parts = new Parts(this);
    parts.subcommands = List.of(added);
    return new CommandSpec(parts);
  }

  /**
   * The same command, numbered from {@code firstId}, as part of a family; its subcommands get the
   * numbers behind.
   */
  CommandSpec numbered(int firstId, CommandGroup family, String parentName) {
    Parts parts = new Parts(this);
    parts.id = firstId;
    parts.group = family;
    parts.parent = parentName;
    List<CommandSpec> children = new ArrayList<>();
    for (CommandSpec child : subcommands) {
      children.add(child.numbered(firstId + 1 + children.size(), family, name));
    }
    parts.subcommands = children;
    parts.categories = AclRules.categories(this, family, inFamilyCategory, categories);
    if (parts.keySpecs.stream().anyMatch(spec -> !spec.isComplete())) {
      parts.flagBits |= Flag.MOVABLEKEYS.bit();
    }
    return new CommandSpec(parts);
  }

  /** A number below {@link CommandTable#size}, for arrays of per-command figures. */
  public int id() {
    return id;
  }

  /** The upper-case word that names it among its siblings. */
  public String name() {
    return name;
  }

  /** The lower-case name, {@code container|subcommand} for a subcommand. */
  public String fullName() {
    return fullName;
  }

  public CommandGroup group() {
    return group;
  }

  /** The number of arguments with the name; at least that many when negative. */
  public int arity() {
    return arity;
  }

  public boolean accepts(int arguments) {
    return arity >= 0 ? arguments == arity : arguments >= -arity;
  }

  public boolean has(Flag flag) {
    return (flagBits & flag.bit()) != 0;
  }

  public Set<Flag> flags() {
    Set<Flag> set = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if (has(flag)) {
        set.add(flag);
      }
    }
    return set;
  }

  public List<KeySpec> keySpecs() {
    return keySpecs;
  }

  public List<Tip> tips() {
    return tips;
  }

  public Set<AclCategory> categories() {
    return EnumSet.copyOf(categories);
  }

  public List<CommandSpec> subcommands() {
    return subcommands;
  }

  public @Nullable Handler handler() {
    return handler;
  }

  public @Nullable KeyFinder keyFinder() {
    return keyFinder;
  }

  /** The subcommand that argument 1 names, or null. */
  @Nullable CommandSpec subcommand(Args args) {
    return subcommandIndex == null
        ? null
        : subcommandIndex.find(args.buffer(), args.offset(1), args.length(1));
  }

  /** The argument of the only key, or 0 when that takes looking at the arguments. */
  int singleKey() {
    return singleKey;
  }

  byte[] nameBytes() {
    return nameBytes;
  }

  @Override
  public String toString() {
    return fullName;
  }

  private static int singleKeyOf(List<KeySpec> specs) {
    if (specs.size() == 1
        && specs.getFirst().begin() instanceof KeySpec.Begin.Index(int position)
        && specs.getFirst().find() instanceof KeySpec.Find.Range range
        && range.lastKey() == 0
        && !specs.getFirst().has(KeyFlag.NOT_KEY)
        && !specs.getFirst().has(KeyFlag.INCOMPLETE)) {
      return position;
    }
    return 0;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The parts while a command is put together. */
  private static final class Parts {
    private final String name;
    private final int arity;
    private int flagBits;
    private String parent = "";
    private int id;
    private CommandGroup group = CommandGroup.GENERIC;
    private List<KeySpec> keySpecs = List.of();
    private List<Tip> tips = List.of();
    private Set<AclCategory> categories = EnumSet.noneOf(AclCategory.class);
    private boolean inFamilyCategory = true;
    private @Nullable KeyFinder keyFinder;
    private @Nullable Handler handler;
    private List<CommandSpec> subcommands = List.of();

    private Parts(String name, int arity, Set<Flag> flags) {
      this.name = name;
      this.arity = arity;
      for (Flag flag : flags) {
        flagBits |= flag.bit();
      }
    }

    private Parts(CommandSpec spec) {
      name = spec.name;
      arity = spec.arity;
      flagBits = spec.flagBits;
      id = spec.id;
      group = spec.group;
      keySpecs = spec.keySpecs;
      tips = spec.tips;
      categories = spec.categories;
      inFamilyCategory = spec.inFamilyCategory;
      keyFinder = spec.keyFinder;
      handler = spec.handler;
      subcommands = spec.subcommands;
    }
  }
}
