package dev.kibi.node.command;

import java.util.Locale;

/**
 * The command fails with an error reply; the message is the whole reply without the minus sign.
 *
 * <p>Whatever the handler had written is dropped. It carries no stack trace, so throwing it costs
 * little: a client's mistake must not be dearer than its success.
 */
public final class CommandError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CommandError(String message) {
    super(message, null, false, false);
  }

  /** An error of any text; the first word is its code. */
  public static CommandError of(String text) {
    return new CommandError(text);
  }

  public static CommandError syntax() {
    return of("ERR syntax error");
  }

  public static CommandError notAnInteger() {
    return of("ERR value is not an integer or out of range");
  }

  public static CommandError notAFloat() {
    return of("ERR value is not a valid float");
  }

  public static CommandError noSuchKey() {
    return of("ERR no such key");
  }

  public static CommandError wrongType() {
    return of("WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  /** The text of the error reply. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** Too many or unknown words behind a subcommand whose table entry allows several forms. */
  public static CommandError subcommandSyntax(Call call) {
    String container = call.spec().fullName();
    String upper = container.substring(0, container.indexOf('|')).toUpperCase(Locale.ROOT);
    return of(
        "ERR unknown subcommand or wrong number of arguments for '"
            + call.quoted(1)
            + "'. Try "
            + upper
            + " HELP.");
  }
}
