package dev.kibi.node.command;

/**
 * Decides where commands of a hash slot go. Called for every command with keys: a local answer
 * allocates nothing.
 */
@FunctionalInterface
public interface Router {
  Route route(CommandSpec spec, Session session, int hashSlot);
}
