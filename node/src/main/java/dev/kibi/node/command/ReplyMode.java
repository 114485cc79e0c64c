package dev.kibi.node.command;

/** Which replies a client wants (CLIENT REPLY). */
public enum ReplyMode {
  ON,
  OFF,
  /** Set by CLIENT REPLY SKIP: the next command's reply is dropped. */
  SKIP_NEXT,
  /** The command running now is not answered. */
  SKIP
}
