package dev.kibi.node.command.server;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandKeys;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Flag;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import java.util.List;

/** COMMAND GETKEYS and GETKEYSANDFLAGS: the keys of the command that follows. */
final class KeysReply {
  private KeysReply() {}

  static void keys(Call call) {
    Args command = command(call);
    List<CommandKeys.Key> keys = find(call, command);
    call.reply().array(keys.size());
    for (CommandKeys.Key key : keys) {
      call.reply().bulk(command.copy(key.argument()));
    }
  }

  static void keysAndFlags(Call call) {
    Args command = command(call);
    List<CommandKeys.Key> keys = find(call, command);
    RespWriter reply = call.reply();
    reply.array(keys.size());
    for (CommandKeys.Key key : keys) {
      reply.array(2);
      reply.bulk(command.copy(key.argument()));
      reply.set(key.flags().size());
      for (KeyFlag flag : key.flags()) {
        reply.simple(flag.text());
      }
    }
  }

  private static Args command(Call call) {
    byte[][] arguments = new byte[call.argc() - 2][];
    for (int i = 2; i < call.argc(); i++) {
      arguments[i - 2] = call.bytes(i);
    }
    return Args.of(arguments);
  }

  private static List<CommandKeys.Key> find(Call call, Args command) {
    CommandSpec spec = call.table().resolve(command);
    if (spec == null) {
      throw CommandError.of("ERR Invalid command specified");
    }
    if (spec.keySpecs().isEmpty()) {
      throw CommandError.of("ERR The command has no key arguments");
    }
    if (!spec.accepts(command.count())) {
      throw CommandError.of("ERR Invalid number of arguments specified for command");
    }
    List<CommandKeys.Key> keys = CommandKeys.of(spec, command);
    if (keys.isEmpty() && !spec.has(Flag.NO_MANDATORY_KEYS)) {
      throw CommandError.of("ERR Invalid arguments specified for command");
    }
    return keys;
  }
}
