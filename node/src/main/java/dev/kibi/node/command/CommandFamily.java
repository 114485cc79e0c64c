package dev.kibi.node.command;

import java.util.List;

/** The commands of one group; each family package offers one as {@code table()}. */
public record CommandFamily(CommandGroup group, List<CommandSpec> commands) {
  public CommandFamily {
    commands = List.copyOf(commands);
  }

  public static CommandFamily of(CommandGroup group, CommandSpec... commands) {
    return new CommandFamily(group, List.of(commands));
  }
}
