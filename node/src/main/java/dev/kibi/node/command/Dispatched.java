package dev.kibi.node.command;

/** What the connection does after a command. */
public enum Dispatched {
  /** The reply is written; go on with the next command. */
  DONE,
  /** Nothing was executed or written: keep the command's bytes and offer it again later. */
  PARKED,
  /** The reply is written; flush and close. */
  CLOSE,
  /**
   * The reply comes later through the {@link NodeContext}; run none of the connection's commands
   * until then.
   */
  BLOCKED
}
