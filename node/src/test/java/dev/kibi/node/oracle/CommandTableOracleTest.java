package dev.kibi.node.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.command.CommandDocs;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.CommandTable;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table against what redis-server 7.0.15 says of its own: arity, flags, categories, tips, keys,
 * documentation.
 */
final class CommandTableOracleTest {
  /** Subcommands the oracle does not know, or we do not have, so that whole containers differ. */
  private static final Set<String> OTHER_CONTAINERS =
      Set.of("client", "cluster", "memory", "latency", "module", "config", "command", "slowlog");

  /** With tips that later versions added. */
  private static final Set<String> BETTER_TIPS = Set.of("config|resetstat");

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyCommandIsDescribedLikeTheOracleDescribesIt(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      for (CommandSpec spec : comparable(differential.ours().table())) {
        if (!BETTER_TIPS.contains(spec.fullName())) {
          differential.run("COMMAND", "INFO", spec.fullName());
        }
        differential.run("COMMAND", "DOCS", spec.fullName());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void unknownNamesAndWrongQuestionsAreAnsweredLikeTheOracle(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      differential.script(
          """
          COMMAND INFO nope
          COMMAND INFO client|nope
          COMMAND INFO ping|nope
          COMMAND DOCS nope
          COMMAND COUNT x
          COMMAND LIST FILTERBY NOPE x
          COMMAND LIST FILTERBY PATTERN
          COMMAND LIST NOPE
          COMMAND LIST FILTERBY PATTERN clus?er
          COMMAND LIST FILTERBY ACLCAT nope
          COMMAND LIST FILTERBY MODULE nope
          COMMAND NOPE
          COMMAND GETKEYS
          COMMAND GETKEYS nope a
          COMMAND GETKEYS ping a
          COMMAND GETKEYS memory usage k
          COMMAND GETKEYSANDFLAGS memory usage k samples 5
          COMMAND GETKEYSANDFLAGS SET a b
          COMMAND GETKEYSANDFLAGS SET a get
          COMMAND GETKEYSANDFLAGS SET a b NX gEt EX 10
          COMMAND GETKEYS memory usage
          COMMAND HELP
          """);
    }
  }

  @Test
  void everyCommandIsDocumented() {
    CommandTable table = dev.kibi.node.Commands.table();
    CommandDocs docs = CommandDocs.of(table);
    List<CommandSpec> undocumented =
        table.all().stream().filter(spec -> docs.of(spec) == null).toList();
    assertThat(undocumented).isEmpty();
  }

  private static List<CommandSpec> comparable(CommandTable table) {
    CommandDocs docs = CommandDocs.of(table);
    return table.all().stream()
        .filter(spec -> !OTHER_CONTAINERS.contains(spec.fullName()))
        .filter(spec -> knownToOracle(Objects.requireNonNull(docs.of(spec), spec::fullName)))
        .toList();
  }

  private static boolean knownToOracle(CommandDocs.Doc doc) {
    Version since = Version.parse(Objects.requireNonNull(doc.fields().get("since")));
    return since.compareTo(Version.parse("7.0.15")) <= 0;
  }
}
