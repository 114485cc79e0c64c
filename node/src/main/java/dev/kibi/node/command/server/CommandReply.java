package dev.kibi.node.command.server;

import dev.kibi.node.command.AclCategory;
import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Flag;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.command.KeySpec;
import dev.kibi.node.command.Tip;
import dev.kibi.node.resp.RespWriter;
import java.util.List;

/** COMMAND and COMMAND INFO: a command as the ten fields of Redis 7. */
final class CommandReply {
  private CommandReply() {}

  static void all(Call call) {
    write(call.reply(), call.table().commands());
  }

  static void named(Call call) {
    if (call.argc() == 2) {
      all(call);
      return;
    }
    call.reply().array(call.argc() - 2L);
    for (int i = 2; i < call.argc(); i++) {
      CommandSpec spec = call.table().named(call.args().text(i));
      if (spec == null) {
        call.reply().nil();
      } else {
        write(call.reply(), spec);
      }
    }
  }

  private static void write(RespWriter reply, List<CommandSpec> commands) {
    reply.array(commands.size());
    for (CommandSpec command : commands) {
      write(reply, command);
    }
  }

  private static void write(RespWriter reply, CommandSpec spec) {
    reply.array(10);
    reply.bulk(spec.fullName());
    reply.integer(spec.arity());
    reply.set(spec.flags().size());
    for (Flag flag : spec.flags()) {
      reply.simple(flag.text());
    }
    LegacyKeys.of(spec).write(reply);
    reply.set(spec.categories().size());
    for (AclCategory category : spec.categories()) {
      reply.simple(category.text());
    }
    reply.set(spec.tips().size());
    for (Tip tip : spec.tips()) {
      reply.bulk(tip.text());
    }
    reply.set(spec.keySpecs().size());
    for (KeySpec keys : spec.keySpecs()) {
      write(reply, keys);
    }
    if (spec.subcommands().isEmpty()) {
      reply.set(0);
    } else {
      write(reply, spec.subcommands());
    }
  }

  private static void write(RespWriter reply, KeySpec keys) {
    reply.map(keys.notes().isEmpty() ? 3 : 4);
    if (!keys.notes().isEmpty()) {
      reply.bulk("notes");
      reply.bulk(keys.notes());
    }
    reply.bulk("flags");
    reply.set(keys.flags().size());
    for (KeyFlag flag : keys.flags()) {
      reply.simple(flag.text());
    }
    reply.bulk("begin_search");
    switch (keys.begin()) {
      case KeySpec.Begin.Index index -> {
        search(reply, "index", 1);
        field(reply, "index", index.position());
      }
      case KeySpec.Begin.Keyword keyword -> {
        search(reply, "keyword", 2);
        reply.bulk("keyword");
        reply.bulk(keyword.word());
        field(reply, "startfrom", keyword.startFrom());
      }
      case KeySpec.Begin.Unknown _ -> search(reply, "unknown", 0);
    }
    reply.bulk("find_keys");
    switch (keys.find()) {
      case KeySpec.Find.Range range -> {
        search(reply, "range", 3);
        field(reply, "lastkey", range.lastKey());
        field(reply, "keystep", range.step());
        field(reply, "limit", range.limit());
      }
      case KeySpec.Find.KeyNum counted -> {
        search(reply, "keynum", 3);
        field(reply, "keynumidx", counted.countIndex());
        field(reply, "firstkey", counted.firstKey());
        field(reply, "keystep", counted.step());
      }
      case KeySpec.Find.Unknown _ -> search(reply, "unknown", 0);
    }
  }

  private static void search(RespWriter reply, String type, int fields) {
    reply.map(2);
    reply.bulk("type");
    reply.bulk(type);
    reply.bulk("spec");
    reply.map(fields);
  }

  private static void field(RespWriter reply, String name, int value) {
    reply.bulk(name);
    reply.integer(value);
  }

  /** First key, last key and step: all that clients knew of keys before Redis 7. */
  private record LegacyKeys(int first, int last, int step) {
    static LegacyKeys of(CommandSpec spec) {
      int first = 0;
      int last = 0;
      int step = 0;
      for (KeySpec keys : spec.keySpecs()) {
        if (keys.begin() instanceof KeySpec.Begin.Index(int position)
            && keys.find() instanceof KeySpec.Find.Range range
            && range.limit() == 0
            && (first == 0 || continuesAt(position, last, step, range))) {
          first = first == 0 ? position : first;
          step = first == position ? range.step() : step;
          last = range.lastKey() < 0 ? range.lastKey() : position + range.lastKey();
        }
      }
      return new LegacyKeys(first, last, step);
    }

    private static boolean continuesAt(int position, int last, int step, KeySpec.Find.Range range) {
      return last > 0 && position == last + step && range.step() == step;
    }

    void write(RespWriter reply) {
      reply.integer(first);
      reply.integer(last);
      reply.integer(step);
    }
  }
}
