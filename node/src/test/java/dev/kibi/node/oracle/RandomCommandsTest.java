package dev.kibi.node.oracle;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.CommandTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of every command in the table, group by group, against the oracle. The seed is
 * printed: give it as {@code -Dkibi.seed=…} to see the same sequence again, and {@code
 * -Dkibi.commands=…} for longer ones.
 */
final class RandomCommandsTest {
  private static final int COMMANDS = Integer.getInteger("kibi.commands", 4_000);

  /** What cannot be compared by chance, and why. */
  private static final Set<String> EXCLUDED =
      Set.of(
          // End or silence the connection, or hold it.
          "quit",
          "reset",
          "hello",
          "auth",
          "client|kill",
          "client|reply",
          "client|pause",
          "client|unpause",
          "client|no-evict",
          "client|unblock",
          // Not in 7.0.15.
          "client|setinfo",
          "client|no-touch",
          "cluster|myshardid",
          "waitaof",
          // Refused here on purpose; ConnectionCommandsTest says how.
          "client|tracking",
          "client|caching",
          // What each server is.
          "config|set",
          "config|get",
          "config|rewrite",
          "config|resetstat",
          "command|list",
          "command|info",
          "command|docs",
          "command|getkeys",
          "command|getkeysandflags",
          "cluster|links",
          "role",
          // A random key or field is chosen by each server for itself; their tests compare sets.
          "randomkey",
          "scan",
          "hscan",
          "hrandfield",
          "object|idletime",
          "object|freq",
          // The serialized form is compared by its own tests.
          "dump",
          "restore",
          "wait",
          // Draws pictures there.
          "lolwut");

  /** Commands of the families the operator rules: here they are refused. */
  private static final Set<String> OPERATORS =
      Set.of(
          "cluster|addslots",
          "cluster|addslotsrange",
          "cluster|bumpepoch",
          "cluster|delslots",
          "cluster|delslotsrange",
          "cluster|failover",
          "cluster|flushslots",
          "cluster|forget",
          "cluster|meet",
          "cluster|replicate",
          "cluster|reset",
          "cluster|saveconfig",
          "cluster|set-config-epoch",
          "cluster|setslot",
          "bgrewriteaof",
          "failover",
          "psync",
          "replconf",
          "replicaof",
          "restore-asking",
          "shutdown",
          "slaveof",
          "sync",
          "migrate");

  private static final Map<String, List<String>> POOLS =
      Map.ofEntries(
          entry("milliseconds", List.of("-1", "0", "4000000", "5000000", "9223372036854775807")),
          entry("seconds", List.of("-1", "0", "4000", "5000", "9223372036854775807")),
          entry("unix-time-milliseconds", List.of("1", "4000000000000", "4100000000000")),
          entry("milliseconds-timestamp", List.of("1", "4000000000000", "4100000000000")),
          entry("field", List.of("f", "g", "h", "1", "")),
          entry("offset", List.of("0", "1", "5", "-1", "100", "536870912")),
          entry("slot", List.of("0", "1", "16383", "16384", "-1", "x")),
          entry("index", List.of("0", "1", "-1")));

  static Stream<Arguments> groupsAndProtocols() {
    return Commands.groups()
        .flatMap(group -> Stream.of(2, 3).map(protocol -> Arguments.of(group, protocol)));
  }

  @ParameterizedTest(name = "{0}, RESP{1}")
  @MethodSource("groupsAndProtocols")
  void randomCommandsAreAnsweredLikeTheOracleAnswersThem(CommandGroup group, int protocol) {
    long seed = Long.getLong("kibi.seed", System.nanoTime());
    System.out.println(
        "random commands: group " + group + ", RESP" + protocol + ", -Dkibi.seed=" + seed);
    try (Differential differential = Differential.start(protocol)) {
      CommandTable table = differential.ours().table();
      CommandGenerator generator =
          new CommandGenerator(
              table, Commands.comparable(table, group), POOLS, new SplittableRandom(seed));
      int answered = 0;
      for (int i = 0; i < COMMANDS; i++) {
        answered += differential.run(generator.next()).isError() ? 0 : 1;
      }
      assertThat(answered).as("commands that were more than mistakes").isGreaterThan(COMMANDS / 4);
    }
  }

  /** Which commands of a group are compared. */
  private static final class Commands {
    static Stream<CommandGroup> groups() {
      return dev.kibi.node.Commands.table().commands().stream().map(CommandSpec::group).distinct();
    }

    static List<CommandSpec> comparable(CommandTable table, CommandGroup group) {
      List<CommandSpec> commands = new ArrayList<>();
      for (CommandSpec spec : table.all()) {
        boolean runs = spec.handler() != null;
        if (spec.group() == group
            && runs
            && !EXCLUDED.contains(spec.fullName())
            && !OPERATORS.contains(spec.fullName())) {
          commands.add(spec);
        }
      }
      assertFalse(commands.isEmpty(), () -> "commands of group " + group);
      return commands;
    }
  }
}
