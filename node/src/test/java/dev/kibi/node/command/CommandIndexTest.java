package dev.kibi.node.command;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.node.Commands;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CommandIndexTest {
  @Test
  void everyCommandIsFoundInAnyCaseWhereverItStandsInABuffer() {
    CommandTable table = Commands.table();
    CommandIndex index = new CommandIndex(table.commands());
    for (CommandSpec spec : table.commands()) {
      assertThat(find(index, spec.name(), "")).isSameAs(spec);
      assertThat(find(index, spec.name().toLowerCase(Locale.ROOT), "\r\n$1\r\nkey\r\n"))
          .isSameAs(spec);
      assertThat(find(index, spec.name() + "X", "")).isNotSameAs(spec);
    }
  }

  @Test
  void aNameThatOnlyLooksAlikeUnderTheCaseMaskIsNotFound() {
    CommandIndex index = new CommandIndex(List.of(command("NO-TOUCH"), command("GET")));
    assertThat(find(index, "NO\rTOUCH", "")).isNull();
    assertThat(find(index, "no-touch", "")).isNotNull();
    assertThat(find(index, "", "")).isNull();
    assertThat(find(index, "GE", "T")).isNull();
  }

  @Test
  void aCommandNamedTwiceIsRefused() {
    assertThatThrownBy(() -> new CommandIndex(List.of(command("GET"), command("GET"))))
        .hasMessage("command: GET twice (expected: once)");
  }

  private static CommandSpec command(String name) {
    return entry(name, arity(1), flags(), call -> call.reply().ok());
  }

  private static @Nullable CommandSpec find(CommandIndex index, String name, String behind) {
    byte[] bytes = (name + behind).getBytes(ISO_8859_1);
    return index.find(bytes, 0, name.length());
  }
}
