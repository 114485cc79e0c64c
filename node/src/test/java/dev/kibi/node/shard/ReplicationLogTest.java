package dev.kibi.node.shard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplicationLogTest {

  @Test
  void whatWasAppendedIsReadBackAsFarAsItIsKept() {
    Random random = new Random(11);
    ReplicationLog log = new ReplicationLog(100_000);
    byte[] all = new byte[1_000_000];
    random.nextBytes(all);
    int end = 0;
    while (end < all.length) {
      int length = Math.min(1 + random.nextInt(9_000), all.length - end);
      log.append(0, all, end, length);
      end += length;
      assertThat(log.end()).isEqualTo(end);
      int from = (int) log.start() + random.nextInt((int) (log.end() - log.start()));
      assertThat(log.read(from, end - from)).isEqualTo(Arrays.copyOfRange(all, from, end));
    }
    assertThat(log.end() - log.start()).isEqualTo(100_000);
    assertThat(log.reachesBackTo(log.start() - 1)).isFalse();
    assertThat(log.reachesBackTo(log.start())).isTrue();
  }

  @Test
  void anAppendLargerThanTheBoundIsKeptWhole() {
    ReplicationLog log = new ReplicationLog(1 << 17);
    byte[] large = new byte[1 << 20];
    new Random(3).nextBytes(large);
    log.append(0, new byte[500], 0, 500);
    log.append(0, large, 0, large.length);
    assertThat(log.read(500, large.length)).isEqualTo(large);
  }

  @Test
  void whatIsStillNeededIsKeptBeyondTheBound() {
    ReplicationLog log = new ReplicationLog(100);
    byte[] bytes = new byte[1000];
    new Random(4).nextBytes(bytes);
    for (int at = 0; at < bytes.length; at += 10) {
      log.appendBytes(ByteBuffer.wrap(bytes, at, 10), 5);
    }
    assertThat(log.read(5, 995)).isEqualTo(Arrays.copyOfRange(bytes, 5, 1000));
  }

  @Test
  void whatIsTooOldIsForgottenUnlessSomebodyNeedsIt() {
    ReplicationLog log = new ReplicationLog(1 << 20);
    log.append(0, new byte[700_000], 0, 700_000);
    log.trim(log.end(), minutes(0));
    log.append(0, new byte[200], 0, 200);
    log.trim(log.end(), minutes(9));
    assertThat(log.start()).isZero();
    log.trim(650_000, minutes(10));
    assertThat(log.start()).isEqualTo(650_000);
    log.trim(log.end(), minutes(20));
    assertThat(log.start()).isEqualTo(700_200);
    assertThat(log.capacity()).as("bytes of memory").isLessThan(1 << 17);
  }

  @Test
  void aLargeAppendTakesMemoryOnlyUntilNobodyNeedsIt() {
    ReplicationLog log = new ReplicationLog(1 << 17);
    byte[] large = new byte[1 << 20];
    new Random(3).nextBytes(large);
    log.append(0, large, 0, large.length);
    log.trim(0, 1);
    assertThat(log.read(0, large.length)).isEqualTo(large);
    log.trim(log.end(), 2);
    assertThat(log.capacity()).isEqualTo(1 << 17);
    assertThat(log.start()).isEqualTo(large.length - (1 << 17));
    assertThat(log.read(log.start(), 1 << 17))
        .isEqualTo(Arrays.copyOfRange(large, large.length - (1 << 17), large.length));
  }

  @Test
  void aPieceThatIsNotTheNextBreaksAnInvariant() {
    ReplicationLog log = new ReplicationLog(100);
    log.appendFrom(0, ByteBuffer.wrap(new byte[5]), 0);
    assertThatThrownBy(() -> log.appendFrom(6, ByteBuffer.wrap(new byte[5]), 0))
        .isInstanceOf(InvariantException.class)
        .hasMessageStartingWith("invariant 12: log piece at 6");
    assertThat(log.end()).isEqualTo(5);
  }

  private static long minutes(int minutes) {
    return TimeUnit.MINUTES.toNanos(minutes);
  }

  @Test
  void aCutLogGoesOnFromThere() {
    ReplicationLog log = new ReplicationLog(1 << 17);
    log.append(0, "abcdef".getBytes(US_ASCII), 0, 6);
    log.resumeAt(3, LogHistory.empty());
    log.append(0, "XY".getBytes(US_ASCII), 0, 2);
    assertThat(log.read(0, 5)).isEqualTo("abcXY".getBytes(US_ASCII));
    assertThatThrownBy(() -> log.resumeAt(6, LogHistory.empty()))
        .hasMessageContaining("expected: 0..5");
    assertThatThrownBy(() -> log.read(4, 2)).hasMessageContaining("log range");
  }

  @Test
  void aRestartedLogBeginsWhereTheMasterSays() {
    ReplicationLog log = new ReplicationLog(1 << 17);
    log.append(0, new byte[10], 0, 10);
    log.restartAt(1_000_003, LogHistory.empty());
    assertThat(log.end()).isEqualTo(1_000_003);
    assertThat(log.reachesBackTo(10)).isFalse();
    log.append(0, new byte[] {1, 2, 3}, 0, 3);
    assertThat(log.read(1_000_003, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void anEpochBeginsAtTheEndOfTheLog() {
    ReplicationLog log = new ReplicationLog(1 << 17);
    log.beginEpoch(1);
    log.append(0, new byte[10], 0, 10);
    log.beginEpoch(4);
    assertThat(log.history().lastEpoch()).isEqualTo(1);
    assertThat(log.openHistory().lastEpoch()).isEqualTo(4);
    log.append(0, new byte[1], 0, 1);
    assertThat(log.history().lastEpoch()).isEqualTo(4);
  }
}
