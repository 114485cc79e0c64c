package dev.kibi.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  @Test
  void theFirstRestartIsImmediateAndLaterOnesWaitTwiceAsLongEach() {
    BackOff backOff = BackOff.ofLongest("");
    assertThat(IntStream.range(0, 8).mapToObj(i -> backOff.after(SHORT).toSeconds()))
        .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void aLongRunBeginsAnew() {
    BackOff backOff = BackOff.ofLongest("");
    backOff.after(SHORT);
    backOff.after(SHORT);
    assertThat(backOff.after(Duration.ofMinutes(2))).isZero();
    assertThat(backOff.after(SHORT)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theLongestDelayIsSaidInSeconds() {
    BackOff backOff = BackOff.ofLongest("1");
    assertThat(IntStream.range(0, 4).mapToObj(i -> backOff.after(SHORT).toSeconds()))
        .containsExactly(0L, 1L, 1L, 1L);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackOff.ofLongest("soon"))
        .withMessage("restart delay: soon (expected: a number of seconds)");
  }
}
