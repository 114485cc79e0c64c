package dev.kibi.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingRepliesTest {

  private final PendingReplies pending = new PendingReplies();

  @Test
  void bytesBeforeTheFirstGateLeaveAtOnce() {
    pending.gate(10, 100);
    assertThat(pending.release(99, 30)).isEqualTo(10);
    assertThat(pending.isEmpty()).isFalse();
  }

  @Test
  void aReplyBehindAGateWaitsWithIt() {
    pending.gate(0, 100);
    pending.gate(20, 90); // nothing overtakes: covered by the gate before
    assertThat(pending.release(95, 30)).isZero();
    assertThat(pending.release(100, 30)).isEqualTo(30);
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void gatesMoveWithTheBytesThatHaveLeft() {
    for (int i = 0; i < 20; i++) {
      pending.gate(i * 10, i + 1);
    }
    assertThat(pending.release(5, 200)).isEqualTo(50);
    pending.shift(50);
    assertThat(pending.release(6, 150)).isEqualTo(10);
    pending.shift(10);
    assertThat(pending.release(20, 140)).isEqualTo(140);
  }
}
