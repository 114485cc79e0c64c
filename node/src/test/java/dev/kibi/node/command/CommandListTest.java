package dev.kibi.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed list of commands is that of the table. After a change of a command write it anew
 * with {@code mvn test -pl node -am -Dtest=CommandListTest -Dkibi.docs.write=true}, look at the
 * difference, commit.
 */
class CommandListTest {
  private static final Path COMMITTED = Path.of("../docs/commands.md");

  private final String markdown = new CommandList(Commands.table()).markdown();

  @Test
  void theCommittedListIsThatOfTheTable() throws IOException {
    if (Boolean.getBoolean("kibi.docs.write")) {
      Files.writeString(COMMITTED, markdown);
    }
    assertThat(Files.readString(COMMITTED))
        .as("docs/commands.md differs from the table (write it anew: see this test's javadoc)")
        .isEqualTo(markdown);
  }

  @Test
  void optionsAreWrittenAsInTheManualOfRedis() {
    assertThat(markdown)
        .contains("| `EXPIRE key seconds [NX \\| XX \\| GT \\| LT]` | Set a key's time to live")
        .contains("| `MSET key value [key value ...]` |")
        .contains("| `SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]` |");
  }

  @Test
  void whatTheOperatorDecidesIsListedApart() {
    String refused = markdown.substring(markdown.indexOf("## Left to the operator"));
    assertThat(refused).contains("`SHUTDOWN`", "`CLUSTER FAILOVER`").doesNotContain("`PING");
  }
}
