package dev.kibi.node.command.server;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.READONLY;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;
import static dev.kibi.node.command.Tip.REQUEST_ALL_SHARDS;
import static dev.kibi.node.command.Tip.RESPONSE_SPECIAL;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.HelpText;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.command.KeySpec;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.KeyFacts;
import dev.kibi.node.store.Keyspace;

/** MEMORY. The figures are the store's own accounting of keys and values. */
final class Memory {
  private Memory() {}

  static CommandSpec container() {
    return CommandSpec.container(
        "MEMORY",
        flags(),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("memory")),
        entry("STATS", arity(2), flags(), Memory::stats)
            .tips(NONDETERMINISTIC_OUTPUT, REQUEST_ALL_SHARDS, RESPONSE_SPECIAL),
        entry(
            "USAGE",
            arityAtLeast(3),
            flags(READONLY),
            keys(KeySpec.key(2, KeyFlag.RO)),
            Memory::usage));
  }

  /** The accounting is exact, so SAMPLES is checked and has nothing to change. */
  static void usage(Call call) {
    Args args = call.args();
    for (int i = 3; i < call.argc(); i += 2) {
      if (!args.is(i, "SAMPLES") || i + 1 == call.argc()) {
        throw CommandError.syntax();
      }
      if (call.integer(i + 1) < 0) {
        throw CommandError.syntax();
      }
    }
    Keyspace keyspace = call.keyspace();
    KeyFacts facts = keyspace.facts(keyspace.key(args.buffer(), args.offset(2), args.length(2)));
    if (facts == null) {
      call.reply().nil();
    } else {
      call.reply().integer(facts.bytes());
    }
  }

  static void stats(Call call) {
    Runtime runtime = Runtime.getRuntime();
    long keys = call.keyspace().size();
    long dataset = call.keyspace().usedBytes();
    RespWriter reply = call.reply();
    reply.map(5);
    figure(reply, "total.allocated", runtime.totalMemory() - runtime.freeMemory());
    figure(reply, "allocator.resident", runtime.totalMemory());
    figure(reply, "keys.count", keys);
    figure(reply, "keys.bytes-per-key", keys == 0 ? 0 : dataset / keys);
    figure(reply, "dataset.bytes", dataset);
  }

  private static void figure(RespWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
