package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Commands as RESP arrays; one character of a string is one byte. */
final class Requests {
  private Requests() {}

  static byte[] encode(String... arguments) {
    return encode(List.of(arguments));
  }

  static byte[] encode(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("*" + arguments.size() + "\r\n").getBytes(ISO_8859_1));
    for (String argument : arguments) {
      out.writeBytes(("$" + argument.length() + "\r\n" + argument + "\r\n").getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }

  /** The command as a person would type it, for messages. */
  static String shown(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      text.append(text.isEmpty() ? "" : " ").append(quoted(argument));
    }
    return text.toString();
  }

  static String quoted(String argument) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        text.append(String.format("\\x%02x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
