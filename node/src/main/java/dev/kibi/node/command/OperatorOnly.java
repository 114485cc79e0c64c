package dev.kibi.node.command;

import java.util.Locale;

/**
 * Refuses a command that would change what the operator alone decides; {@code instead} tells who
 * does it and how it is asked for, and completes "the Kibi operator …".
 */
public record OperatorOnly(String instead) implements Handler {

  public static Handler refuse(String instead) {
    return new OperatorOnly(instead);
  }

  @Override
  public void run(Call call) {
    String name = call.spec().fullName().toUpperCase(Locale.ROOT).replace('|', ' ');
    throw CommandError.of("ERR " + name + " is not available: the Kibi operator " + instead);
  }
}
