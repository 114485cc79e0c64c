package dev.kibi.node.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.node.resp.RespLimits;
import dev.kibi.node.resp.RespProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class InputBufferTest {
  private static final int BYTES_MAX = 100;

  private final InputBuffer.Scratch scratch = new InputBuffer.Scratch();
  private final InputBuffer input = new InputBuffer(scratch, BYTES_MAX);

  private static ByteBuf bytes(int length) {
    return Unpooled.copiedBuffer("x".repeat(length), US_ASCII);
  }

  private void receive(int length) {
    input.add(bytes(length));
    input.endOfRun();
  }

  private int waiting() {
    return input.to() - input.from();
  }

  @Test
  void whatWaitsForTheRestOfItsCommandIsKeptUpToTheLimitAndNotBeyond() {
    for (int i = 0; i < 10; i++) {
      receive(10);
    }
    assertThat(waiting()).isEqualTo(BYTES_MAX);
    assertThat(input.bytes().length).isLessThanOrEqualTo(BYTES_MAX);
    assertThatThrownBy(() -> receive(1))
        .isInstanceOf(RespProtocolException.class)
        .hasMessage("Protocol error: too big request");
    assertThat(waiting()).isEqualTo(BYTES_MAX);
  }

  @Test
  void commandsThatWereRunMakeRoomForMore() {
    for (int i = 0; i < 8; i++) {
      input.add(bytes(60));
      input.consumed(55);
      input.endOfRun();
    }
    assertThat(waiting()).isEqualTo(40);
  }

  @Test
  void aConnectionThatWaitsForNothingHoldsNoMemory() {
    input.add(bytes(60));
    input.consumed(60);
    input.endOfRun();
    assertThat(input.bytes()).isEmpty();
  }

  @Test
  void theLimitIsAShareOfTheHeapWithinBounds() {
    assertThat(RespLimits.requestBytes(256L << 20)).isEqualTo(32 << 20);
    assertThat(RespLimits.requestBytes(1 << 20)).isEqualTo(1 << 20);
    assertThat(RespLimits.requestBytes(64L << 30)).isEqualTo((1 << 30) - 1);
  }
}
