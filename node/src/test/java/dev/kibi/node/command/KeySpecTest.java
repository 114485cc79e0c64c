package dev.kibi.node.command;

import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.resp.Args;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeySpecTest {
  @Test
  void aRangeCountsFromEitherEnd() {
    assertThat(found(KeySpec.keys(1, -1, 2), "mset", "a", "1", "b", "2")).containsExactly("a", "b");
    assertThat(found(KeySpec.keys(1, 1, 1), "lcs", "a", "b", "LEN")).containsExactly("a", "b");
    assertThat(found(KeySpec.key(2), "object", "encoding", "a")).containsExactly("a");
  }

  @Test
  void aCountTellsHowManyKeysFollow() {
    KeySpec counted = KeySpec.counted(2);
    assertThat(found(counted, "eval", "script", "2", "a", "b", "c")).containsExactly("a", "b");
    assertThat(found(counted, "eval", "script", "0", "c")).isEmpty();
    assertThat(found(counted, "eval", "script", "9", "a")).isEmpty();
    assertThat(found(counted, "eval", "script", "x", "a")).isEmpty();
    assertThat(found(counted, "eval", "script", "-1", "a")).isEmpty();
  }

  @Test
  void aKeywordIsSoughtFromEitherEnd() {
    KeySpec streams = KeySpec.behind("STREAMS", 1, new KeySpec.Find.Range(-1, 1, 2));
    assertThat(found(streams, "xread", "count", "5", "streams", "a", "b", "0", "0"))
        .containsExactly("a", "b");
    assertThat(found(streams, "xread", "count", "5")).isEmpty();
    KeySpec last = KeySpec.behind("KEYS", -2, new KeySpec.Find.Range(-1, 1, 0));
    assertThat(found(last, "migrate", "host", "1", "", "0", "9", "KEYS", "a", "b"))
        .containsExactly("a", "b");
  }

  @Test
  void whatIsNotAKeyIsNotListed() {
    assertThat(found(KeySpec.key(1, KeyFlag.NOT_KEY), "spublish", "channel", "message")).isEmpty();
  }

  private static List<String> found(KeySpec spec, String... command) {
    CommandSpec entry =
        entry("ANY", arityAtLeast(1), flags(), keys(spec), call -> call.reply().ok());
    Args args = Args.of(command);
    return CommandKeys.of(entry, args).stream().map(key -> args.text(key.argument())).toList();
  }
}
