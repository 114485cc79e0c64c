package dev.kibi.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.Commands;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ClientPauseTest {
  private final CommandSpec write = Objects.requireNonNull(Commands.table().named("flushall"));
  private final CommandSpec read = Objects.requireNonNull(Commands.table().named("dbsize"));
  private final ClientPause pause = new ClientPause();

  @Test
  void aPauseMayGrowButNotShrink() {
    pause.pause(200, true, 100);
    pause.pause(150, false, 110);
    assertThat(pause.holds(read, 120)).as("wider").isTrue();
    assertThat(pause.holds(read, 199)).as("as long as before").isTrue();
    assertThat(pause.holds(write, 200)).isFalse();
    assertThat(pause.untilMs(199)).isEqualTo(200);
    assertThat(pause.untilMs(200)).isZero();
  }

  @Test
  void anEndedPauseLeavesNothingBehind() {
    pause.pause(200, false, 100);
    pause.pause(400, true, 300);
    assertThat(pause.holds(read, 350)).isFalse();
    assertThat(pause.holds(write, 350)).isTrue();
  }
}
