package dev.kibi.node.command.hash;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static dev.kibi.node.command.Flag.DENYOOM;
import static dev.kibi.node.command.Flag.FAST;
import static dev.kibi.node.command.Flag.READONLY;
import static dev.kibi.node.command.Flag.WRITE;
import static dev.kibi.node.command.KeyFlag.ACCESS;
import static dev.kibi.node.command.KeyFlag.DELETE;
import static dev.kibi.node.command.KeyFlag.INSERT;
import static dev.kibi.node.command.KeyFlag.RO;
import static dev.kibi.node.command.KeyFlag.RW;
import static dev.kibi.node.command.KeyFlag.UPDATE;
import static dev.kibi.node.command.KeySpec.key;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT_ORDER;

import dev.kibi.node.command.CommandFamily;
import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.Flag;
import dev.kibi.node.command.KeySpec;
import java.util.Set;

/** Commands on hashes. */
public final class HashCommands {

  private static final Set<Flag> WRITES = flags(WRITE, DENYOOM, FAST);
  private static final Set<Flag> READS = flags(READONLY);
  private static final Set<Flag> READS_FAST = flags(READONLY, FAST);

  private static final KeySpec CHANGED = key(1, RW, ACCESS, UPDATE);
  private static final KeySpec SHOWN = key(1, RO, ACCESS);
  private static final KeySpec ASKED = key(1, RO);

  private HashCommands() {}

  /** The family's lines of the command table. */
  public static CommandFamily table() {
    return CommandFamily.of(
        CommandGroup.HASH,
        entry("HDEL", arityAtLeast(3), flags(WRITE, FAST), keys(key(1, RW, DELETE)), Writes::hdel),
        entry("HEXISTS", arity(3), READS_FAST, keys(ASKED), Reads::hexists),
        entry("HGET", arity(3), READS_FAST, keys(SHOWN), Reads::hget),
        entry("HGETALL", arity(2), READS, keys(SHOWN), Reads::hgetAll)
            .tips(NONDETERMINISTIC_OUTPUT_ORDER),
        entry("HINCRBY", arity(4), WRITES, keys(CHANGED), Counters::hincrBy),
        entry("HINCRBYFLOAT", arity(4), WRITES, keys(CHANGED), Counters::hincrByFloat),
        entry("HKEYS", arity(2), READS, keys(SHOWN), Reads::hkeys)
            .tips(NONDETERMINISTIC_OUTPUT_ORDER),
        entry("HLEN", arity(2), READS_FAST, keys(ASKED), Reads::hlen),
        entry("HMGET", arityAtLeast(3), READS_FAST, keys(SHOWN), Reads::hmget),
        entry("HMSET", arityAtLeast(4), WRITES, keys(key(1, RW, UPDATE)), Writes::hmset),
        entry("HRANDFIELD", arityAtLeast(2), READS, keys(SHOWN), RandomFields::hrandField)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("HSCAN", arityAtLeast(3), READS, keys(SHOWN), Scan::hscan)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("HSET", arityAtLeast(4), WRITES, keys(key(1, RW, UPDATE)), Writes::hset),
        entry("HSETNX", arity(4), WRITES, keys(key(1, RW, INSERT)), Writes::hsetNx),
        entry("HSTRLEN", arity(3), READS_FAST, keys(ASKED), Reads::hstrLen),
        entry("HVALS", arity(2), READS, keys(SHOWN), Reads::hvals)
            .tips(NONDETERMINISTIC_OUTPUT_ORDER));
  }
}
