package dev.kibi.node.command;

import java.util.Locale;

/** What a command is and may do; named and ordered as COMMAND INFO shows them. */
public enum Flag {
  WRITE,
  READONLY,
  DENYOOM,
  MODULE,
  ADMIN,
  PUBSUB,
  NOSCRIPT,
  BLOCKING,
  LOADING,
  STALE,
  SKIP_MONITOR,
  SKIP_SLOWLOG,
  ASKING,
  FAST,
  NO_AUTH,
  MAY_REPLICATE,
  NO_MANDATORY_KEYS,
  PROTECTED,
  NO_ASYNC_LOADING,
  NO_MULTI,
  MOVABLEKEYS,
  ALLOW_BUSY;

  private final String text = name().toLowerCase(Locale.ROOT);
  private final int bit = 1 << ordinal();

  /** The name clients see. */
  public String text() {
    return text;
  }

  int bit() {
    return bit;
  }
}
