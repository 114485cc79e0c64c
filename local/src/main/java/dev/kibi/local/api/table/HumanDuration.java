package dev.kibi.local.api.table;

import java.time.Duration;
import java.time.Instant;

/** Durations as kubectl shows them: two units while the value is small, then one. */
final class HumanDuration {
  private HumanDuration() {}

  static String between(Instant start, Instant end) {
    long seconds = Math.max(0, Duration.between(start, end).toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    } else if (minutes < 10) {
      return minutes + "m" + rest(seconds % 60, "s");
    } else if (minutes < 180) {
      return minutes + "m";
    } else if (hours < 8) {
      return hours + "h" + rest(minutes % 60, "m");
    } else if (hours < 48) {
      return hours + "h";
    } else if (days < 8) {
      return days + "d" + rest(hours % 24, "h");
    } else if (days < 2 * 365) {
      return days + "d";
    }
    return days / 365 + "y" + (days < 8 * 365 ? rest(days % 365, "d") : "");
  }

  private static String rest(long value, String unit) {
    return value == 0 ? "" : value + unit;
  }
}
