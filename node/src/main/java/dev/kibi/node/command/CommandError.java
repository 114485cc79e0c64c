package dev.kibi.node.command;

/**
 * The command fails with an error reply; the message is the whole reply without the minus sign.
 *
 * <p>Whatever the handler had written is dropped. It carries no stack trace, so throwing the shared instances
 * costs little: a client's mistake must not be dearer than its success.
 */
public final class CommandError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final CommandError SYNTAX = of("ERR syntax error");
  private static final CommandError NOT_AN_INTEGER = of("ERR value is not an integer or out of range");
  private static final CommandError NOT_A_FLOAT = of("ERR value is not a valid float");
  private static final CommandError NO_SUCH_KEY = of("ERR no such key");
  private static final CommandError WRONG_TYPE =
      of("WRONGTYPE Operation against a key holding the wrong kind of value");

  private CommandError(String message) {
    super(message, null, false, false);
  }

  /** An error of any text; the first word is its code. */
  public static CommandError of(String text) {
    return new CommandError(text);
  }

  public static CommandError syntax() {
    return SYNTAX;
  }

  public static CommandError notAnInteger() {
    return NOT_AN_INTEGER;
  }

  public static CommandError notAFloat() {
    return NOT_A_FLOAT;
  }

  public static CommandError noSuchKey() {
    return NO_SUCH_KEY;
  }

  public static CommandError wrongType() {
    return WRONG_TYPE;
  }

  /** The text of the error reply. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
