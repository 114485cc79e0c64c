package dev.kibi.node.command;

import dev.kibi.node.resp.Args;

/** What a client is told about a command that is not in the table, in the words of Redis 7.0.15. */
final class UnknownCommand {
  private static final int SHOWN = 128;

  private UnknownCommand() {}

  /**
   * Whether this is a line of an HTTP request: a web page can make a browser send one here, with
   * commands in its body. Like Redis we close the connection before the next line is read.
   */
  static boolean isHttp(Args args) {
    return args.is(0, "POST") || args.is(0, "HOST:");
  }

  static String error(CommandTable table, Args args) {
    CommandSpec container = table.command(args);
    if (container != null) {
      return "ERR unknown subcommand '"
          + cut(args.text(1))
          + "'. Try "
          + container.name()
          + " HELP.";
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 1; i < args.count() && shown.length() < SHOWN; i++) {
      String argument = untilNul(args.text(i));
      int room = SHOWN - shown.length();
      shown.append('\'').append(argument, 0, Math.min(room, argument.length())).append("' ");
    }
    return "ERR unknown command '" + cut(args.text(0)) + "', with args beginning with: " + shown;
  }

  private static String cut(String text) {
    String shown = untilNul(text);
    return shown.length() > SHOWN ? shown.substring(0, SHOWN) : shown;
  }

  /** Redis formats these with C strings. */
  private static String untilNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }
}
