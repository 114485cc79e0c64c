package dev.kibi.node.command.server;

import java.util.Locale;

/** The text of an INFO reply: sections of {@code name:value} lines. */
final class InfoText {
  private static final String[] UNITS = {"B", "K", "M", "G", "T", "P"};

  private final StringBuilder text = new StringBuilder();

  void section(String title) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    text.append("# ").append(title).append("\r\n");
  }

  void field(String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  void decimals(String name, String format, double value) {
    field(name, String.format(Locale.ROOT, format, value));
  }

  /** A number of bytes, and the same for people. */
  void bytes(String name, long bytes) {
    field(name, bytes);
    field(name + "_human", human(bytes));
  }

  static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%s", value, UNITS[unit]);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
