package dev.kibi.operator.nodelink;

import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a stream. A read that times out loses nothing: the next call goes on where it
 * stopped.
 */
final class FrameInput {
  private static final int FIRST_BYTES = 4096;
  private static final int BYTES_MAX = FrameCodec.FRAME_BYTES_MAX + FrameCodec.LENGTH_BYTES;

  private final InputStream in;
  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

  FrameInput(InputStream in) {
    this.in = in;
  }

  /**
   * The next frame.
   *
   * @throws java.net.SocketTimeoutException when none came in time
   * @throws EOFException when the other side has closed
   */
  Frame next() throws IOException, WireException {
    while (true) {
      buffer.flip();
      @Nullable Frame frame = FrameCodec.decode(buffer);
      buffer.compact();
      if (frame != null) {
        return frame;
      }
      fill();
    }
  }

  /** Grows only when the bytes that came need it, so a declared length reserves nothing. */
  private void fill() throws IOException {
    if (!buffer.hasRemaining()) {
      ByteBuffer larger = ByteBuffer.allocate(Math.min(buffer.capacity() * 2, BYTES_MAX));
      buffer = larger.put(buffer.flip());
    }
    int read = in.read(buffer.array(), buffer.position(), buffer.remaining());
    if (read < 0) {
      throw new EOFException("closed by the node");
    }
    buffer.position(buffer.position() + read);
  }
}
