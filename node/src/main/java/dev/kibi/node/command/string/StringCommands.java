package dev.kibi.node.command.string;

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
import static dev.kibi.node.command.KeyFlag.OW;
import static dev.kibi.node.command.KeyFlag.RO;
import static dev.kibi.node.command.KeyFlag.RW;
import static dev.kibi.node.command.KeyFlag.UPDATE;
import static dev.kibi.node.command.KeyFlag.VARIABLE_FLAGS;
import static dev.kibi.node.command.KeySpec.key;
import static dev.kibi.node.command.Tip.REQUEST_MULTI_SHARD;
import static dev.kibi.node.command.Tip.RESPONSE_AGG_MIN;
import static dev.kibi.node.command.Tip.RESPONSE_ALL_SUCCEEDED;

import dev.kibi.node.command.CommandFamily;
import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.Flag;
import dev.kibi.node.command.KeySpec;
import java.util.Set;

/** Commands on strings. */
public final class StringCommands {

  private static final Set<Flag> WRITE_OOM = flags(WRITE, DENYOOM);
  private static final Set<Flag> WRITE_OOM_FAST = flags(WRITE, DENYOOM, FAST);
  private static final Set<Flag> READ = flags(READONLY);
  private static final Set<Flag> READ_FAST = flags(READONLY, FAST);

  private static final KeySpec CHANGED = key(1, RW, ACCESS, UPDATE);
  private static final KeySpec WRITTEN = key(1, OW, UPDATE);
  private static final KeySpec SHOWN = key(1, RO, ACCESS);

  private StringCommands() {}

  /** The family's lines of the command table. */
  public static CommandFamily table() {
    return CommandFamily.of(
        CommandGroup.STRING,
        entry("APPEND", arity(3), WRITE_OOM_FAST, keys(key(1, RW, INSERT)), Parts::append),
        entry("DECR", arity(2), WRITE_OOM_FAST, keys(CHANGED), Counters::decr),
        entry("DECRBY", arity(3), WRITE_OOM_FAST, keys(CHANGED), Counters::decrBy),
        entry("GET", arity(2), READ_FAST, keys(SHOWN), Reads::get),
        entry(
            "GETDEL",
            arity(2),
            flags(WRITE, FAST),
            keys(key(1, RW, ACCESS, DELETE)),
            Reads::getDel),
        entry(
            "GETEX",
            arityAtLeast(2),
            flags(WRITE, FAST),
            keys(CHANGED.note("RW and UPDATE because it changes the TTL")),
            Reads::getEx),
        entry("GETRANGE", arity(4), READ, keys(SHOWN), Parts::getRange),
        entry("GETSET", arity(3), WRITE_OOM_FAST, keys(CHANGED), Writes::getSet),
        entry("INCR", arity(2), WRITE_OOM_FAST, keys(CHANGED), Counters::incr),
        entry("INCRBY", arity(3), WRITE_OOM_FAST, keys(CHANGED), Counters::incrBy),
        entry("INCRBYFLOAT", arity(3), WRITE_OOM_FAST, keys(CHANGED), Counters::incrByFloat),
        entry("LCS", arityAtLeast(3), READ, keys(KeySpec.keys(1, 1, 1, RO, ACCESS)), Lcs::lcs),
        entry(
                "MGET",
                arityAtLeast(2),
                READ_FAST,
                keys(KeySpec.keys(1, -1, 1, RO, ACCESS)),
                Reads::mget)
            .tips(REQUEST_MULTI_SHARD),
        entry(
                "MSET",
                arityAtLeast(3),
                WRITE_OOM,
                keys(KeySpec.keys(1, -1, 2, OW, UPDATE)),
                Writes::mset)
            .tips(REQUEST_MULTI_SHARD, RESPONSE_ALL_SUCCEEDED),
        entry(
                "MSETNX",
                arityAtLeast(3),
                WRITE_OOM,
                keys(KeySpec.keys(1, -1, 2, OW, INSERT)),
                Writes::msetNx)
            .tips(REQUEST_MULTI_SHARD, RESPONSE_AGG_MIN),
        entry("PSETEX", arity(4), WRITE_OOM, keys(WRITTEN), Writes::psetEx),
        entry(
            "SET",
            arityAtLeast(3),
            WRITE_OOM,
            keys(
                key(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS)
                    .note("RW and ACCESS due to the optional `GET` argument")
                    .flaggedBy(Writes::flagsOfSet)),
            Writes::set),
        entry("SETEX", arity(4), WRITE_OOM, keys(WRITTEN), Writes::setEx),
        entry("SETNX", arity(3), WRITE_OOM_FAST, keys(key(1, OW, INSERT)), Writes::setNx),
        entry("SETRANGE", arity(4), WRITE_OOM, keys(key(1, RW, UPDATE)), Parts::setRange),
        entry("STRLEN", arity(2), READ_FAST, keys(key(1, RO)), Reads::strLen),
        entry("SUBSTR", arity(4), READ, keys(SHOWN), Parts::getRange));
  }
}
