package dev.kibi.node.command.generic;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.READONLY;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.KeyFlag.RO;
import static dev.kibi.node.command.KeySpec.key;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Handler;
import dev.kibi.node.command.HelpText;
import dev.kibi.node.resp.Decimal;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.KeyFacts;

/** OBJECT: what a key's value is like inside. */
final class ObjectCommands {

  /** What Redis answers for the small integers that all keys share. */
  private static final int SHARED = Integer.MAX_VALUE;

  private static final int FIRST_NOT_SHARED = 10_000;

  private static final String SWITCHING =
      " Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.";

  private ObjectCommands() {}

  static CommandSpec container() {
    return CommandSpec.container(
        "OBJECT",
        flags(),
        onKey("ENCODING", ObjectCommands::encoding),
        onKey("FREQ", ObjectCommands::frequency),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("object")),
        onKey("IDLETIME", ObjectCommands::idleTime),
        onKey("REFCOUNT", ObjectCommands::referenceCount));
  }

  private static CommandSpec onKey(String name, Handler handler) {
    return entry(name, arity(3), flags(READONLY), keys(key(2, RO)), handler)
        .tips(NONDETERMINISTIC_OUTPUT);
  }

  private static void encoding(Call call) {
    KeyFacts facts = call.keyspace().facts(call.key(2));
    if (facts == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(facts.encoding());
    }
  }

  private static void frequency(Call call) {
    KeyFacts facts = call.keyspace().facts(call.key(2));
    if (facts == null) {
      call.reply().nil();
    } else if (!call.keyspace().policy().isByFrequency()) {
      throw CommandError.of(
          "ERR An LFU maxmemory policy is not selected, access frequency not tracked." + SWITCHING);
    } else {
      call.reply().integer(facts.frequency());
    }
  }

  private static void idleTime(Call call) {
    KeyFacts facts = call.keyspace().facts(call.key(2));
    if (facts == null) {
      call.reply().nil();
    } else if (call.keyspace().policy().isByFrequency()) {
      throw CommandError.of(
          "ERR An LFU maxmemory policy is selected, idle time not tracked." + SWITCHING);
    } else {
      call.reply().integer(facts.idleSeconds());
    }
  }

  /** Nothing is shared here, but clients that look know the number Redis gives. */
  private static void referenceCount(Call call) {
    KeyFacts facts = call.keyspace().facts(call.key(2));
    if (facts == null) {
      call.reply().nil();
    } else {
      boolean shared = facts.encoding().equals("int") && isSmall(call);
      call.reply().integer(shared ? SHARED : 1);
    }
  }

  private static boolean isSmall(Call call) {
    boolean sharing = call.keyspace().maxBytes() == 0 || !call.keyspace().policy().usesClock();
    ByteView string = call.keyspace().stringIfAny(call.key(2));
    if (!sharing || string == null) {
      return false;
    }
    byte[] text = string.toBytes();
    long value = Decimal.parse(text, 0, text.length);
    return value >= 0 && value < FIRST_NOT_SHARED;
  }
}
