package dev.kibi.node.command;

/**
 * Decides where commands of a hash slot go. Called for every command with keys: a local answer
 * allocates nothing.
 */
@FunctionalInterface
public interface Router {
  Route route(CommandSpec spec, Session session, int hashSlot);

  /**
   * Whether a command without keys may run: one that reads or writes data needs what slots need.
   */
  default Route routeKeyless(CommandSpec spec) {
    return Route.LOCAL;
  }
}
