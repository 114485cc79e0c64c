package dev.kibi.node.oracle;

import static java.util.Map.entry;

import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.CommandSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * String, hash and key commands mixed at random, so that they meet each other's values, against the
 * oracle. The seed is printed: give it as {@code -Dkibi.seed=…}, and {@code -Dkibi.commands=…} for
 * longer runs.
 */
final class DataCommandsOracleTest {

  private static final int COMMANDS = Integer.getInteger("kibi.commands", 20_000);

  private static final Set<CommandGroup> GROUPS =
      EnumSet.of(CommandGroup.STRING, CommandGroup.HASH, CommandGroup.GENERIC);

  /**
   * Left to chance or to other tests; the reference count depends on how a small number was
   * written.
   */
  private static final Set<String> EXCLUDED =
      Set.of(
          "randomkey",
          "scan",
          "hscan",
          "hrandfield",
          "object|idletime",
          "object|refcount",
          "object|freq",
          "dump",
          "restore",
          "wait",
          "waitaof",
          "migrate");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "10",
          "0.1",
          "-0.3",
          "3.0e3",
          "1e-5",
          ".5",
          "5.",
          "+7",
          "1e17",
          "0x1p-3",
          "0xA.8",
          "inf",
          "-Infinity",
          "nan",
          "1e4932",
          "1e5000",
          "1e-5000",
          "-0",
          "0.30000000000000004",
          "0.1000000000000000055511151231257827",
          "123456789012345678901234567890",
          "1e",
          "0x",
          " 1",
          "99999999999999999",
          "1e-18",
          "5e-18",
          "-5e-18",
          "18446744073709551615",
          "18446744073709551616.5",
          "9223372036854775807");

  private static final List<String> VALUES =
      List.of(
          "",
          "a",
          "0",
          "9999",
          "10000",
          "12345",
          "-1",
          "3.5",
          "1e3",
          "007",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "abcdefgh",
          "axbyczd",
          "ohmytext",
          "mynewtext",
          "x".repeat(44),
          "x".repeat(45),
          "y".repeat(64),
          "y".repeat(65),
          "inf",
          "nan",
          "\u0000\u00ff\r\n");

  private static final Map<String, List<String>> POOLS =
      Map.ofEntries(
          entry(
              "key",
              List.of(
                  "{t}a",
                  "{t}b",
                  "{t}c",
                  "{t}d",
                  "{t}e",
                  "{t}",
                  "{t}a",
                  "{t}b",
                  "{t}c",
                  "elsewhere")),
          entry("value", VALUES),
          entry("field", List.of("f", "g", "h", "1", "", "z".repeat(64), "z".repeat(65))),
          entry("incrbyfloat.increment", NUMBERS),
          entry("hincrbyfloat.increment", NUMBERS),
          entry("milliseconds", List.of("-1", "0", "4000000", "5000000", "9223372036854775807")),
          entry(
              "seconds",
              List.of("-1", "0", "4000", "5000", "9223372036854775807", "-9223372036854775808")),
          entry("unix-time-milliseconds", List.of("1", "4000000000000", "4100000000000", "-5")),
          entry("milliseconds-timestamp", List.of("1", "4000000000000", "4100000000000")),
          entry("offset", List.of("0", "1", "5", "-1", "100", "536870912", "9223372036854775807")),
          entry("start", List.of("0", "1", "-1", "-3", "100", "-100")),
          entry("end", List.of("0", "2", "-1", "-2", "100", "-100")),
          entry("index", List.of("0", "1", "-1")));

  @ParameterizedTest(name = "RESP{0}")
  @ValueSource(ints = {2, 3})
  void commandsOfAllFamiliesTogetherAreAnsweredLikeTheOracleAnswersThem(int protocol) {
    long seed = Long.getLong("kibi.seed", System.nanoTime());
    System.out.println("data commands: RESP" + protocol + ", -Dkibi.seed=" + seed);
    try (Differential differential = Differential.start(protocol)) {
      CommandGenerator generator = generator(differential, seed);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < COMMANDS; i++) {
        List<String> command = generator.next();
        if (!isUpToTheMillisecond(command)) {
          differential.run(command);
        }
        if (random.nextInt(50) == 0) {
          differential.run("OBJECT", "ENCODING", "{t}" + (char) ('a' + random.nextInt(5)));
          differential.run(
              "KEYS", "*"); // not DBSIZE: it counts keys that expired and are still there
        }
        if (random.nextInt(500) == 0) {
          differential.run("FLUSHALL");
        }
      }
    }
  }

  /**
   * Whether the reply depends on in which millisecond each side runs it: the same relative time is
   * later than that of a command just before, or equal.
   */
  private static boolean isUpToTheMillisecond(List<String> command) {
    return Set.of("EXPIRE", "PEXPIRE").contains(command.getFirst().toUpperCase(Locale.ROOT))
        && command.stream()
            .map(word -> word.toUpperCase(Locale.ROOT))
            .anyMatch(Set.of("GT", "LT")::contains);
  }

  private static CommandGenerator generator(Differential differential, long seed) {
    List<CommandSpec> commands =
        differential.ours().table().all().stream()
            .filter(spec -> GROUPS.contains(spec.group()) && spec.handler() != null)
            .filter(spec -> !EXCLUDED.contains(spec.fullName()))
            .toList();
    return new CommandGenerator(
        differential.ours().table(), commands, POOLS, new SplittableRandom(seed));
  }

  @Test
  void floatsAreAddedAndWrittenLikeTheOracleDoesIt() {
    long seed = Long.getLong("kibi.seed", System.nanoTime());
    System.out.println("floats: -Dkibi.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    try (Differential differential = Differential.start(2)) {
      for (int i = 0; i < COMMANDS / 4; i++) {
        if (random.nextInt(3) == 0) {
          differential.run("SET", "f", number(random));
        }
        differential.run("INCRBYFLOAT", "f", number(random));
        differential.run("HINCRBYFLOAT", "h", "f" + random.nextInt(5), number(random));
      }
    }
  }

  /** Numbers of any length and size, most of them near each other so that sums cancel. */
  private static String number(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    for (int i = random.nextInt(1, 22); i > 0; i--) {
      text.append(random.nextInt(10));
    }
    if (random.nextInt(4) != 0) {
      text.append('.');
      for (int i = random.nextInt(22); i > 0; i--) {
        text.append(random.nextInt(10));
      }
    }
    if (random.nextInt(3) == 0) {
      text.append('e').append(random.nextInt(-30, 30));
    }
    return text.toString();
  }
}
