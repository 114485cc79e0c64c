package dev.kibi.node.oracle;

import java.util.List;

/** Values for arguments by their type: few enough that commands meet, odd enough to find edges. */
final class Pools {
  /** Keys of one hash slot, and now and then one of another. */
  static final List<String> KEYS =
      List.of("{t}a", "{t}b", "{t}c", "{t}d", "{t}a", "{t}b", "{t}", "other", "{t}\u0000\r\n");

  static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "hello",
          "10",
          "-1",
          "3.5",
          "0",
          "nan",
          "\u0000\u00ff\r\n",
          "x".repeat(70),
          "9223372036854775807");

  static final List<String> INTEGERS =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "5",
          "-3",
          "100",
          "1000000",
          "9223372036854775807",
          "-9223372036854775808");

  static final List<String> DOUBLES =
      List.of("0", "1", "-1.5", "3.14", "1e3", "5.0e-3", "100000000000000000000");

  static final List<String> PATTERNS =
      List.of("*", "{t}?", "a*", "[a-c]*", "h?llo", "\\*", "nothing");

  /** Seconds: long past, or so far away that nothing expires while a test runs. */
  static final List<String> UNIX_SECONDS = List.of("1", "1600000000", "4000000000", "4100000000");

  static final List<String> NONSENSE =
      List.of(
          "",
          "nonsense",
          "-",
          "+1",
          "01",
          " 1",
          "1 ",
          "1.0",
          "0x10",
          "99999999999999999999",
          "GET",
          "\u0000");

  private Pools() {}

  static List<String> ofType(String type) {
    return switch (type) {
      case "key" -> KEYS;
      case "integer" -> INTEGERS;
      case "double" -> DOUBLES;
      case "pattern" -> PATTERNS;
      case "unix-time" -> UNIX_SECONDS;
      case "string" -> TEXTS;
      default ->
          throw new IllegalArgumentException(
              "argument type: " + type + " (expected: one of Redis 7.0's)");
    };
  }
}
