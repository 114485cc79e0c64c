package dev.kibi.node.command.connection;

import dev.kibi.node.command.CommandError;

/**
 * What a client may call itself or its library: printable ASCII without spaces, because CLIENT LIST
 * is text.
 */
final class ClientName {
  private ClientName() {}

  static void require(String name) {
    if (!isPlain(name)) {
      throw CommandError.of(
          "ERR Client names cannot contain spaces, newlines or special characters.");
    }
  }

  static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= '!' && c <= '~');
  }
}
