package dev.kibi.node.command;

import java.util.Locale;

/**
 * Commands that would change what the operator alone decides; they answer who does it and how it is
 * asked for.
 */
public final class OperatorOnly {
  private OperatorOnly() {}

  /** Refuses; {@code instead} completes "the Kibi operator …". */
  public static Handler refuse(String instead) {
    return call -> {
      String name = call.spec().fullName().toUpperCase(Locale.ROOT).replace('|', ' ');
      throw CommandError.of("ERR " + name + " is not available: the Kibi operator " + instead);
    };
  }
}
