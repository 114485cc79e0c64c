package dev.kibi.node;

import dev.kibi.node.command.CommandTable;
import dev.kibi.node.command.cluster.ClusterCommands;
import dev.kibi.node.command.connection.ConnectionCommands;
import dev.kibi.node.command.generic.GenericCommands;
import dev.kibi.node.command.hash.HashCommands;
import dev.kibi.node.command.server.ServerCommands;
import dev.kibi.node.command.string.StringCommands;
import java.util.List;

/** Every command of the node: the one place where the families are put together. */
public final class Commands {
  private Commands() {}

  public static CommandTable table() {
    return CommandTable.of(
        List.of(
            ConnectionCommands.table(),
            ClusterCommands.table(),
            ServerCommands.table(),
            GenericCommands.table(),
            StringCommands.table(),
            HashCommands.table()));
  }
}
