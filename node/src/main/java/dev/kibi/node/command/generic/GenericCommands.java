package dev.kibi.node.command.generic;

import static dev.kibi.node.command.AclCategory.CONNECTION;
import static dev.kibi.node.command.AclCategory.DANGEROUS;
import static dev.kibi.node.command.AclCategory.LIST;
import static dev.kibi.node.command.AclCategory.SET;
import static dev.kibi.node.command.AclCategory.SORTEDSET;
import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static dev.kibi.node.command.Flag.DENYOOM;
import static dev.kibi.node.command.Flag.FAST;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.READONLY;
import static dev.kibi.node.command.Flag.WRITE;
import static dev.kibi.node.command.KeyFlag.ACCESS;
import static dev.kibi.node.command.KeyFlag.DELETE;
import static dev.kibi.node.command.KeyFlag.INCOMPLETE;
import static dev.kibi.node.command.KeyFlag.INSERT;
import static dev.kibi.node.command.KeyFlag.OW;
import static dev.kibi.node.command.KeyFlag.RM;
import static dev.kibi.node.command.KeyFlag.RO;
import static dev.kibi.node.command.KeyFlag.RW;
import static dev.kibi.node.command.KeyFlag.UPDATE;
import static dev.kibi.node.command.KeySpec.key;
import static dev.kibi.node.command.KeySpec.unknown;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT_ORDER;
import static dev.kibi.node.command.Tip.REQUEST_ALL_SHARDS;
import static dev.kibi.node.command.Tip.REQUEST_MULTI_SHARD;
import static dev.kibi.node.command.Tip.REQUEST_SPECIAL;
import static dev.kibi.node.command.Tip.RESPONSE_AGG_MIN;
import static dev.kibi.node.command.Tip.RESPONSE_AGG_SUM;

import dev.kibi.node.command.CommandFamily;
import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Flag;
import dev.kibi.node.command.KeyFinder;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.command.KeySpec;
import dev.kibi.node.command.OperatorOnly;
import dev.kibi.node.resp.Args;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Commands on keys, whatever they hold. */
public final class GenericCommands {

  private static final Set<Flag> WRITES = flags(WRITE);
  private static final Set<Flag> WRITES_FAST = flags(WRITE, FAST);
  private static final Set<Flag> WRITES_OOM = flags(WRITE, DENYOOM);
  private static final Set<Flag> READS = flags(READONLY);
  private static final Set<Flag> READS_FAST = flags(READONLY, FAST);

  private static final KeySpec UPDATED = key(1, RW, UPDATE);
  private static final KeySpec SHOWN = key(1, RO, ACCESS);
  private static final KeySpec ASKED = key(1, RO);
  private static final KeySpec ALL_ASKED = KeySpec.keys(1, -1, 1, RO);
  private static final KeySpec ALL_DELETED = KeySpec.keys(1, -1, 1, RM, DELETE);
  private static final KeySpec RENAMED = key(1, RW, ACCESS, DELETE);

  private static final KeySpec SORT_PATTERNS =
      unknown(RO, ACCESS)
          .note(
              "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content of the key we sort");
  private static final KeySpec SORT_TARGET =
      unknown(OW, UPDATE)
          .note(
              "For the optional STORE keyword. It is marked 'unknown' because the keyword can appear anywhere in the argument array");

  private GenericCommands() {}

  /** The family's lines of the command table. */
  public static CommandFamily table() {
    List<CommandSpec> all =
        Stream.of(keyCommands(), expiryCommands(), wholeKeyspaceCommands(), otherCommands())
            .flatMap(List::stream)
            .toList();
    return new CommandFamily(CommandGroup.GENERIC, all);
  }

  private static List<CommandSpec> keyCommands() {
    return List.of(
        entry("COPY", arityAtLeast(3), WRITES_OOM, keys(SHOWN, key(2, OW, UPDATE)), Keys::copy),
        entry("DEL", arityAtLeast(2), WRITES, keys(ALL_DELETED), Keys::del)
            .tips(REQUEST_MULTI_SHARD, RESPONSE_AGG_SUM),
        entry("DUMP", arity(2), READS, keys(SHOWN), Dump::dump).tips(NONDETERMINISTIC_OUTPUT),
        entry("EXISTS", arityAtLeast(2), READS_FAST, keys(ALL_ASKED), Keys::exists)
            .tips(REQUEST_MULTI_SHARD, RESPONSE_AGG_SUM),
        entry("MOVE", arity(3), WRITES_FAST, keys(key(1, RW, ACCESS, UPDATE)), Keys.MOVE),
        ObjectCommands.container(),
        entry("RENAME", arity(3), WRITES, keys(RENAMED, key(2, OW, UPDATE)), Keys::rename),
        entry("RENAMENX", arity(3), WRITES_FAST, keys(RENAMED, key(2, OW, INSERT)), Keys::renameNx),
        entry("RESTORE", arityAtLeast(4), WRITES_OOM, keys(key(1, OW, UPDATE)), Dump::restore)
            .acl(DANGEROUS),
        entry("TOUCH", arityAtLeast(2), READS_FAST, keys(ALL_ASKED), Keys::touch)
            .tips(REQUEST_MULTI_SHARD, RESPONSE_AGG_SUM),
        entry("TYPE", arity(2), READS_FAST, keys(ASKED), Keys::type),
        entry("UNLINK", arityAtLeast(2), WRITES_FAST, keys(ALL_DELETED), Keys::del)
            .tips(REQUEST_MULTI_SHARD, RESPONSE_AGG_SUM));
  }

  private static List<CommandSpec> expiryCommands() {
    return List.of(
        entry("EXPIRE", arityAtLeast(3), WRITES_FAST, keys(UPDATED), Expiry::expire),
        entry("EXPIREAT", arityAtLeast(3), WRITES_FAST, keys(UPDATED), Expiry::expireAt),
        entry("EXPIRETIME", arity(2), READS_FAST, keys(SHOWN), Expiry::expireTime),
        entry("PERSIST", arity(2), WRITES_FAST, keys(UPDATED), Expiry::persist),
        entry("PEXPIRE", arityAtLeast(3), WRITES_FAST, keys(UPDATED), Expiry::pexpire),
        entry("PEXPIREAT", arityAtLeast(3), WRITES_FAST, keys(UPDATED), Expiry::pexpireAt),
        entry("PEXPIRETIME", arity(2), READS_FAST, keys(SHOWN), Expiry::pexpireTime),
        entry("PTTL", arity(2), READS_FAST, keys(SHOWN), Expiry::pttl)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("TTL", arity(2), READS_FAST, keys(SHOWN), Expiry::ttl).tips(NONDETERMINISTIC_OUTPUT));
  }

  private static List<CommandSpec> wholeKeyspaceCommands() {
    return List.of(
        entry("KEYS", arity(2), READS, keys(), Scan::keys)
            .acl(DANGEROUS)
            .tips(REQUEST_ALL_SHARDS, NONDETERMINISTIC_OUTPUT_ORDER),
        entry("RANDOMKEY", arity(1), READS, keys(), Scan::randomKey)
            .tips(REQUEST_ALL_SHARDS, NONDETERMINISTIC_OUTPUT),
        entry("SCAN", arityAtLeast(2), READS, keys(), Scan::scan)
            .tips(NONDETERMINISTIC_OUTPUT, REQUEST_SPECIAL));
  }

  private static List<CommandSpec> otherCommands() {
    return List.of(
        entry(
                "MIGRATE",
                arityAtLeast(6),
                WRITES,
                keys(
                    key(3, RW, ACCESS, DELETE),
                    KeySpec.behind(
                        "KEYS",
                        -2,
                        new KeySpec.Find.Range(-1, 1, 0),
                        RW,
                        ACCESS,
                        DELETE,
                        INCOMPLETE)),
                OperatorOnly.refuse(
                    "moves slots with their keys; change spec.shards of the CacheCluster"))
            .keysFoundBy(GenericCommands::migrated)
            .acl(DANGEROUS)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry(
                "SORT",
                arityAtLeast(2),
                WRITES_OOM,
                keys(SHOWN, SORT_PATTERNS, SORT_TARGET),
                Sort::sort)
            .aclInstead(SET, SORTEDSET, LIST, DANGEROUS)
            .keysFoundBy(Sort::findKeys),
        entry("SORT_RO", arityAtLeast(2), READS, keys(SHOWN, SORT_PATTERNS), Sort::sortReadOnly)
            .aclInstead(SET, SORTEDSET, LIST, DANGEROUS)
            .keysFoundBy(Sort::findSortedKey),
        entry("WAIT", arity(3), flags(NOSCRIPT), Wait::await)
            .aclInstead(CONNECTION)
            .tips(REQUEST_ALL_SHARDS, RESPONSE_AGG_MIN),
        entry("WAITAOF", arity(4), flags(NOSCRIPT), Wait::awaitFile)
            .aclInstead(CONNECTION)
            .tips(REQUEST_ALL_SHARDS, RESPONSE_AGG_MIN));
  }

  /** One key, or the ones behind KEYS where that one is empty. */
  private static void migrated(Args args, KeyFinder.Sink sink) {
    Set<KeyFlag> use = EnumSet.of(RW, ACCESS, DELETE);
    if (args.length(3) > 0) {
      sink.key(3, use);
      return;
    }
    boolean listed = false;
    for (int i = 6; i < args.count(); i++) {
      if (listed) {
        sink.key(i, use);
      }
      listed |= args.is(i, "KEYS");
    }
  }
}
