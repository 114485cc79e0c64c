package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.resp.Args;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every command this node knows, in one place. COMMAND, key extraction, ACL categories and tests
 * derive from it.
 */
public final class CommandTable {
  private final List<CommandSpec> commands;
  private final List<CommandSpec> byId;
  private final CommandIndex index;

  private CommandTable(List<CommandSpec> commands, List<CommandSpec> byId) {
    this.commands = List.copyOf(commands);
    this.byId = List.copyOf(byId);
    this.index = new CommandIndex(commands);
  }

  /** Puts the families together; a command named twice is an error. */
  public static CommandTable of(List<CommandFamily> families) {
    List<CommandSpec> commands = new ArrayList<>();
    List<CommandSpec> byId = new ArrayList<>();
    for (CommandFamily family : families) {
      for (CommandSpec draft : family.commands()) {
        CommandSpec command = draft.numbered(byId.size(), family.group(), "");
        commands.add(command);
        byId.add(command);
        byId.addAll(command.subcommands());
      }
    }
    return new CommandTable(commands, byId);
  }

  /** The commands without their subcommands, in table order. */
  public List<CommandSpec> commands() {
    return commands;
  }

  /** Commands and subcommands; position = {@link CommandSpec#id}. */
  public List<CommandSpec> all() {
    return byId;
  }

  /** The number of commands and subcommands together. */
  public int size() {
    return byId.size();
  }

  /**
   * The command that argument 0 names, or null; a container answers itself whatever argument 1 is.
   */
  public @Nullable CommandSpec command(Args args) {
    return index.find(args.buffer(), args.offset(0), args.length(0));
  }

  /** The command or subcommand the arguments name, or null. */
  public @Nullable CommandSpec resolve(Args args) {
    CommandSpec command = command(args);
    if (command == null || command.subcommands().isEmpty() || args.count() == 1) {
      return command;
    }
    return command.subcommand(args);
  }

  /** The command of that name, in any case; {@code container|subcommand} names a subcommand. */
  public @Nullable CommandSpec named(String name) {
    int bar = name.indexOf('|');
    byte[] bytes = (bar < 0 ? name : name.substring(0, bar)).getBytes(ISO_8859_1);
    CommandSpec command = index.find(bytes, 0, bytes.length);
    if (bar < 0 || command == null) {
      return command;
    }
    Args subcommand = Args.of(command.name(), name.substring(bar + 1));
    return command.subcommand(subcommand);
  }
}
