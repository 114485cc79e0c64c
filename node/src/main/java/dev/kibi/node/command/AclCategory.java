package dev.kibi.node.command;

import java.util.Locale;

/** Groups of commands an ACL rule can name; in the order COMMAND INFO lists them. */
public enum AclCategory {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTEDSET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  private final String text = "@" + name().toLowerCase(Locale.ROOT);

  /** The name clients see, with its at-sign. */
  public String text() {
    return text;
  }
}
