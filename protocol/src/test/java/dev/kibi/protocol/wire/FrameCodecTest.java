package dev.kibi.protocol.wire;

import static dev.kibi.protocol.topology.Topologies.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topologies;
import dev.kibi.protocol.topology.Topology;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {

  static List<Frame> frames() {
    Topology topology =
        Topologies.twoShards()
            .withPlanned(List.of(new SlotMove(0, SlotSet.parse("3-4,9"), 0, 1, 1, 1)));
    List<EpochStart> history = List.of(new EpochStart(1, 0), new EpochStart(3, 77));
    NodeReport report =
        new NodeReport(
            "uid",
            node("a"),
            "cache-0-0",
            "",
            "127.0.0.5",
            2,
            NodeRole.FOLLOWER,
            9,
            3,
            3,
            1234,
            1200,
            true,
            true,
            List.of(node("b")),
            5,
            600,
            7000);
    return List.of(
        new Frame.OperatorHello("uid", "pod-a"),
        new Frame.TopologyPush(topology),
        new Frame.Report(report),
        new Frame.Follow("uid", "pod-a", 3, 4, node("b"), 900, 850, history),
        new Frame.Resume(4, 77, history),
        new Frame.SnapshotBegin(4, 77, history),
        new Frame.SnapshotChunk(4, bytes(1, 2, 3)),
        new Frame.SnapshotEnd(4, 88),
        new Frame.Append(4, 88, 70, 123456789L, bytes(9, 8)),
        new Frame.Append(4, 90, 90, -1, bytes()),
        new Frame.Ack(4, node("b"), 90, 123456789L),
        new Frame.Nack(1, 5, node("c")),
        new Frame.MoveBegin("uid", "pod-c", 12, SlotSet.parse("5"), 3, 4, 2),
        new Frame.MoveData(12, 2, bytes(7)),
        new Frame.MoveEnd(12, 2),
        new Frame.CaughtUp(12, 3, 4, 2),
        new Frame.MoveRefused(12, 2, "not yet known"),
        new Frame.Switchover(3, 4, node("b")),
        new Frame.Leave(4, node("b")));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameIsReadAsItWasWritten(Frame frame) throws WireException {
    ByteBuffer bytes = FrameCodec.encode(frame);
    assertThat(FrameCodec.decode(bytes)).isEqualTo(frame);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void anUnfinishedFrameIsWaitedFor(Frame frame) throws WireException {
    ByteBuffer whole = FrameCodec.encode(frame);
    for (int length = 0; length < whole.limit(); length++) {
      ByteBuffer part = whole.duplicate().limit(length);
      assertThat(FrameCodec.decode(part)).isNull();
      assertThat(part.position()).isZero();
    }
  }

  @Test
  void everyTypeHasAnExample() {
    assertThat(frames().stream().map(FrameType::of)).containsAll(List.of(FrameType.values()));
  }

  @Test
  void aDeclaredLengthBeyondTheLimitIsRefusedAtOnce() {
    assertThatThrownBy(() -> FrameCodec.decode(ByteBuffer.allocate(4).putInt(0, Integer.MAX_VALUE)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("frame length");
    assertThatThrownBy(() -> FrameCodec.decode(ByteBuffer.allocate(4).putInt(0, -1)))
        .isInstanceOf(WireException.class);
  }

  @Test
  void bytesBehindTheLastFieldAreRefused() {
    ByteBuffer whole = FrameCodec.encode(new Frame.Nack(1, 5, node("c")));
    ByteBuffer longer = ByteBuffer.allocate(whole.limit() + 1).put(whole);
    longer.putInt(0, longer.limit() - FrameCodec.LENGTH_BYTES).rewind();
    assertThatThrownBy(() -> FrameCodec.decode(longer)).hasMessageContaining("too many");
  }

  @Test
  void aHistoryThatIsNoneIsRefused() {
    for (List<EpochStart> history :
        List.of(
            List.of(new EpochStart(3, 0), new EpochStart(2, 5)),
            List.of(new EpochStart(3, 0), new EpochStart(3, 5)),
            List.of(new EpochStart(3, 7), new EpochStart(4, 5)))) {
      ByteBuffer bytes = FrameCodec.encode(new Frame.SnapshotBegin(4, 9, history));
      assertThatThrownBy(() -> FrameCodec.decode(bytes))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("expected: rising epochs and LSNs");
    }
  }

  @Test
  void aPositionThatNoLogHasIsRefused() {
    for (long lsn : List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
      ByteBuffer bytes = FrameCodec.encode(new Frame.SnapshotBegin(4, lsn, List.of()));
      assertThatThrownBy(() -> FrameCodec.decode(bytes)).hasMessageContaining("LSN: " + lsn);
    }
  }

  @Test
  void changedBytesAreAFrameOrRefusedAndNothingElse() {
    long seed = 20261122;
    Random random = new Random(seed);
    List<Frame> frames = frames();
    int refused = 0;
    for (int round = 0; round < 50_000; round++) {
      ByteBuffer bytes = FrameCodec.encode(frames.get(random.nextInt(frames.size())));
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = FrameCodec.LENGTH_BYTES + random.nextInt(bytes.limit() - FrameCodec.LENGTH_BYTES);
        bytes.put(at, (byte) random.nextInt(256));
      }
      try {
        FrameCodec.decode(bytes);
      } catch (WireException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isBetween(1, 49_999);
  }

  @Test
  void randomBytesAreAFrameOrRefusedAndNothingElse() {
    long seed = 20261124;
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] garbage = new byte[1 + random.nextInt(60)];
      random.nextBytes(garbage);
      garbage[0] = (byte) random.nextInt(FrameType.values().length + 2);
      ByteBuffer whole = ByteBuffer.allocate(FrameCodec.LENGTH_BYTES + garbage.length);
      whole.putInt(garbage.length).put(garbage).flip();
      try {
        FrameCodec.decode(whole);
      } catch (WireException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isBetween(50_000, 99_999);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }
}
