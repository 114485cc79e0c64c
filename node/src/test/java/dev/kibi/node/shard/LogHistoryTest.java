package dev.kibi.node.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.protocol.wire.EpochStart;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogHistoryTest {

  @Test
  void logsShareEverythingUpToWhereTheirEpochsPart() {
    LogHistory ours = history(1, 0, 3, 700);
    LogHistory theirs = history(1, 0, 2, 500);
    assertThat(ours.commonEnd(900, theirs, 800)).isEqualTo(500);
    assertThat(theirs.commonEnd(800, ours, 900)).isEqualTo(500);
  }

  @Test
  void aFollowerThatIsBehindSharesAllItHas() {
    assertThat(history(1, 0, 3, 700).commonEnd(900, history(1, 0), 400)).isEqualTo(400);
    assertThat(history(1, 0, 3, 700).commonEnd(900, history(1, 0, 3, 700), 850)).isEqualTo(850);
  }

  @Test
  void twoLogsOfEqualLengthAndDifferentEpochsAreNotTheSame() {
    assertThat(history(1, 0, 2, 500).commonEnd(600, history(1, 0, 3, 500), 600)).isEqualTo(500);
  }

  @Test
  void anEmptyLogSharesNothing() {
    assertThat(history(1, 0).commonEnd(100, LogHistory.empty(), 0)).isZero();
    assertThat(history(1, 0).commonEnd(100, history(2, 0), 100)).isZero();
  }

  @Test
  void anEpochThatWroteNothingLeavesNoTrace() {
    assertThat(history(1, 0, 2, 500).cutTo(500).starts()).containsExactly(new EpochStart(1, 0));
    assertThat(history(1, 0, 2, 500).beginning(3, 500).starts())
        .containsExactly(new EpochStart(1, 0), new EpochStart(3, 500));
  }

  @Test
  void aHistoryKeepsABoundedNumberOfEpochs() {
    LogHistory history = LogHistory.empty();
    for (int epoch = 1; epoch <= 5000; epoch++) {
      history = history.beginning(epoch, epoch * 10L);
    }
    assertThat(history.starts()).hasSize(256);
    assertThat(history.lastEpoch()).isEqualTo(5000);
  }

  @Test
  void aHistoryThatFallsIsRefused() {
    assertThatThrownBy(() -> history(2, 0, 1, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> history(1, 6, 2, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> history(2, 0).beginning(2, 5)).hasMessageContaining("above 2");
  }

  private static LogHistory history(long... epochsAndLsns) {
    EpochStart[] starts = new EpochStart[epochsAndLsns.length / 2];
    Arrays.setAll(starts, i -> new EpochStart(epochsAndLsns[2 * i], epochsAndLsns[2 * i + 1]));
    return LogHistory.of(List.of(starts));
  }
}
