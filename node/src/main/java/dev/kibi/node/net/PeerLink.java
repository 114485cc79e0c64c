package dev.kibi.node.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerHandler;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.store.CorruptEffectException;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.WireException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection that carries frames. Bytes that are no frame close it; memory grows with bytes
 * received only.
 */
final class PeerLink implements PeerChannel {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final int QUEUE_BYTES_MAX = 4 * 1024 * 1024;

  /**
   * What is queued is encrypted at once, by the event loop, and before it has learnt to: slowly.
   */
  private static final int ENCRYPTED_QUEUE_BYTES_MAX = 1024 * 1024;

  /**
   * What a link takes of a store before the event loop looks at every other connection: a peer that
   * reads as fast as this node writes would else be sent the whole of it in one go.
   */
  private static final int IMAGE_BYTES_PER_TURN = 128 * 1024;

  private final NetSocket socket;
  private final Channel channel;
  private final Context context;
  private final RefusedFrames refused;
  private final PeerHandler handler;
  private final @Nullable PeerRole proven;
  private byte[] input = new byte[16 * 1024];
  private int size;
  private int imageBytes;
  private boolean waitsItsTurn;
  private boolean closed;

  private PeerLink(
      NetSocket socket, RefusedFrames refused, Function<PeerChannel, PeerHandler> user) {
    this.socket = socket;
    this.channel = channelOf(socket);
    this.context = Objects.requireNonNull(Vertx.currentContext(), "opened on its event loop");
    this.refused = refused;
    this.proven = provenBy(socket);
    socket.setWriteQueueMaxSize(socket.isSsl() ? ENCRYPTED_QUEUE_BYTES_MAX : QUEUE_BYTES_MAX);
    this.handler = user.apply(this);
    socket.handler(this::received);
    socket.drainHandler(_ -> handler.drained());
    onWritable(handler::drained);
    socket.closeHandler(_ -> ended());
    socket.exceptionHandler(e -> LOG.debug("link {}: {}", remote(), e.toString()));
  }

  /** Puts frames on a connected socket. */
  static void open(
      NetSocket socket, RefusedFrames refused, Function<PeerChannel, PeerHandler> user) {
    new PeerLink(socket, refused, user);
  }

  @Override
  public void send(Frame frame) {
    if (!closed) {
      ByteBuffer bytes = FrameCodec.encode(frame);
      socket.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
      if (frame instanceof Frame.Image) {
        imageSent(bytes.remaining());
      }
    }
  }

  private void imageSent(int bytes) {
    imageBytes += bytes;
    if (imageBytes >= IMAGE_BYTES_PER_TURN && !waitsItsTurn) {
      waitsItsTurn = true;
      // A task that is due comes after the sockets; one that is queued would come before them.
      var _ =
          channel.eventLoop().schedule(() -> context.runOnContext(_ -> nextTurn()), 0, NANOSECONDS);
    }
  }

  private void nextTurn() {
    imageBytes = 0;
    waitsItsTurn = false;
    if (writable()) {
      handler.drained();
    }
  }

  @Override
  public boolean writable() {
    return !closed && channel.isWritable() && !socket.writeQueueFull();
  }

  @Override
  public boolean takesImages() {
    return !waitsItsTurn && writable();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      socket.close();
    }
  }

  @Override
  public boolean mayBe(PeerRole role) {
    return proven == null || proven == role;
  }

  /** What the other end's certificate says, which the handshake has checked; null in the clear. */
  private static @Nullable PeerRole provenBy(NetSocket socket) {
    if (!socket.isSsl()) {
      return null;
    }
    try {
      return PeerName.of((X509Certificate) socket.peerCertificates().getFirst())
          .map(PeerName::role)
          .orElseThrow();
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException("both ends show a certificate", e);
    }
  }

  @Override
  public String remote() {
    return String.valueOf(socket.remoteAddress());
  }

  private static Channel channelOf(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext().channel();
  }

  /**
   * Under TLS, Vert.x hears that a channel is full or empty again only when the present task is
   * over, so the channel itself is asked: else a whole backlog, or a whole store, would be
   * encrypted into memory in one go.
   */
  private void onWritable(Runnable then) {
    ChannelHandlerContext last = ((NetSocketInternal) socket).channelHandlerContext();
    last.pipeline()
        .addBefore(
            last.name(),
            "writability",
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelWritabilityChanged(ChannelHandlerContext changed) {
                changed.fireChannelWritabilityChanged();
                if (changed.channel().isWritable()) {
                  context.runOnContext(_ -> then.run());
                }
              }
            });
  }

  private void received(Buffer buffer) {
    if (closed) {
      return;
    }
    int length = buffer.length();
    if (input.length - size < length) {
      input = Arrays.copyOf(input, Math.max(input.length * 2, size + length));
    }
    buffer.getBytes(0, length, input, size);
    size += length;
    ByteBuffer bytes = ByteBuffer.wrap(input, 0, size);
    try {
      Frame frame = FrameCodec.decode(bytes);
      while (frame != null && !closed) {
        handler.frame(frame);
        frame = FrameCodec.decode(bytes);
      }
    } catch (WireException | CorruptEffectException | IllegalArgumentException e) {
      LOG.warn(
          "link {}: closed, because what came is no valid frame: {}", remote(), e.getMessage());
      refuse(RefusedFrames.Reason.GARBAGE);
      return;
    } catch (RuntimeException e) { // half taken: whoever takes it must know that no more comes
      LOG.error("link {}: closed, because a frame could not be taken", remote(), e);
      refuse(RefusedFrames.Reason.UNEXPECTED);
      return;
    }
    size = bytes.remaining();
    System.arraycopy(input, bytes.position(), input, 0, size);
  }

  private void refuse(RefusedFrames.Reason reason) {
    refused.count(reason);
    close();
    handler.closed();
  }

  private void ended() {
    if (!closed) {
      closed = true;
      if (size > 0) {
        refused.count(RefusedFrames.Reason.TRUNCATED);
      }
      handler.closed();
    }
  }
}
