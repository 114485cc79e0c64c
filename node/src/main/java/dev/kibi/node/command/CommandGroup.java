package dev.kibi.node.command;

import java.util.Locale;

/** The family a command belongs to, as COMMAND DOCS names it. */
public enum CommandGroup {
  CONNECTION,
  CLUSTER,
  SERVER,
  GENERIC,
  STRING,
  HASH,
  LIST,
  SET,
  SORTED_SET,
  STREAM,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  PUBSUB,
  SCRIPTING,
  TRANSACTIONS;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name clients see. */
  public String text() {
    return text;
  }
}
