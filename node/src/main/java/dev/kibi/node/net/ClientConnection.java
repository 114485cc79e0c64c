package dev.kibi.node.net;

import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.Dispatched;
import dev.kibi.node.command.Dispatcher;
import dev.kibi.node.command.Session;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.lane.LaneClient;
import dev.kibi.node.lane.PendingReplies;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespProtocolException;
import dev.kibi.node.resp.RespReader;
import dev.kibi.node.resp.RespWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: bytes in, commands to the dispatcher, replies out in order, one flush per read.
 *
 * <p>While a command is parked or blocked a connection reads on up to a bound, because only a
 * connection that is read from notices that its client went away. It stops at the bound, and while
 * the client does not take its replies. No command runs while too many replies wait, for the client
 * or for a commit, so what a connection holds in memory stays bounded.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write or close ends in channelInactive, like any other
// end
final class ClientConnection extends ChannelInboundHandlerAdapter
    implements ClientLink, LaneClient {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  /** What is read ahead while a command waits. */
  private static final int AHEAD_BYTES_MAX = 64 * 1024;

  /** With so many bytes of replies waiting no further command runs; the last may exceed it. */
  private static final int REPLY_BYTES_MAX = 1024 * 1024;

  private static final int KEPT_REPLY_BYTES = 16 * 1024;

  private enum State {
    RUNNING,
    PARKED,
    BLOCKED,
    CLOSING
  }

  private final Lane lane;
  private final InputBuffer input;
  private final RespReader reader;
  private final Args args = new Args();
  private final RespWriter replies = new RespWriter();
  private final PendingReplies pending = new PendingReplies();
  private final Session session;
  private final ChannelHandlerContext context;
  private State state = State.RUNNING;

  ClientConnection(
      Lane lane, InputBuffer input, ChannelHandlerContext context, SessionMaker maker) {
    this.lane = lane;
    this.input = input;
    this.reader = new RespReader();
    this.context = context;
    this.session = maker.make(this);
    reader.authenticated(session.authenticated());
  }

  /** Makes the session of a connection, which is the session's link. */
  interface SessionMaker {
    Session make(ClientLink link);
  }

  Session session() {
    return session;
  }

  // ---- in

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      lane.traffic(bytes.readableBytes(), 0);
      input.add(bytes);
    } catch (RespProtocolException e) {
      refuse(e);
    } finally {
      bytes.release();
    }
    if (state == State.RUNNING) {
      run();
    } else {
      if (state == State.CLOSING) {
        flush();
      }
      input.endOfRun();
      context.channel().config().setAutoRead(mayRead());
    }
  }

  private void refuse(RespProtocolException e) {
    replies.error("ERR " + e.getMessage());
    state = State.CLOSING;
    input.consumed(inputBytes());
  }

  private void run() {
    boolean full;
    do {
      full = !runBatch();
      input.endOfRun();
      lane.logGrew();
      flush();
    } while (full && mayRun());
    context.channel().config().setAutoRead(mayRead());
  }

  /** Runs what is there; false if it stopped because too many replies wait. */
  private boolean runBatch() {
    long nowMs = lane.beginBatch();
    try {
      while (state == State.RUNNING) {
        if (replies.size() >= REPLY_BYTES_MAX) {
          return false;
        }
        int read = reader.read(input.bytes(), input.from(), input.to(), args);
        if (read == 0 || !dispatch(read, nowMs)) {
          break;
        }
      }
    } catch (RespProtocolException e) {
      refuse(e);
    }
    return true;
  }

  private boolean mayRun() {
    return state == State.RUNNING
        && replies.size() < REPLY_BYTES_MAX
        && context.channel().isWritable();
  }

  /** Runs one command and returns whether the next may follow. */
  private boolean dispatch(int read, long nowMs) {
    Dispatcher dispatcher = lane.dispatcher();
    int start = replies.size();
    Dispatched dispatched = dispatcher.dispatch(session, args, replies, nowMs);
    if (dispatched == Dispatched.PARKED) {
      state = State.PARKED;
      lane.park(this);
      return false;
    }
    input.consumed(read);
    long lsn = lane.replyLsn();
    if (lsn > lane.commitLsn() && replies.size() > start) {
      pending.gate(start, lsn);
    }
    reader.authenticated(session.authenticated());
    state =
        switch (dispatched) {
          case CLOSE -> State.CLOSING;
          case BLOCKED -> State.BLOCKED;
          case DONE, PARKED -> State.RUNNING;
        };
    return state == State.RUNNING;
  }

  private boolean mayRead() {
    boolean bounded = mayRun() || inputBytes() < AHEAD_BYTES_MAX;
    return bounded && state != State.CLOSING && context.channel().isWritable();
  }

  /** Runs what was left because too many replies waited, now that fewer do. */
  private void goOn() {
    if (mayRun()) {
      run();
    }
  }

  // ---- out

  private void flush() {
    int free = pending.release(lane.commitLsn(), replies.size());
    if (free > 0) {
      ByteBuf out = context.alloc().directBuffer(free);
      out.writeBytes(replies.buffer(), 0, free);
      lane.traffic(0, free);
      context.writeAndFlush(out, context.voidPromise());
      replies.discard(free);
      pending.shift(free);
      replies.shrink(KEPT_REPLY_BYTES);
    }
    if (!pending.isEmpty()) {
      lane.awaitCommit(this);
    } else if (state == State.CLOSING && replies.size() == 0) {
      context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (mayRun() && inputBytes() > 0) {
      context.executor().execute(this::goOn);
    }
    ctx.channel().config().setAutoRead(mayRead());
  }

  // ---- what the lane says

  @Override
  public void retry() {
    if (state == State.PARKED) {
      state = State.RUNNING;
      run();
    }
  }

  @Override
  public boolean committed(long commitLsn) {
    boolean waited = !mayRun();
    flush();
    if (waited && mayRun()) {
      context.executor().execute(this::goOn); // not within what has committed
    }
    return !pending.isEmpty();
  }

  @Override
  public void cutOff() {
    state = State.CLOSING;
    context.close();
  }

  @Override
  public void unblock(Consumer<RespWriter> reply) {
    if (state == State.BLOCKED) {
      reply.accept(replies);
      session.blocked(false);
      state = State.RUNNING;
      run();
    }
  }

  // ---- the session's link

  @Override
  public void close() {
    context.channel().eventLoop().execute(context::close);
  }

  @Override
  public int inputBytes() {
    return input.to() - input.from();
  }

  @Override
  public long outputBytes() {
    ChannelOutboundBuffer queued = context.channel().unsafe().outboundBuffer();
    return replies.size() + (queued == null ? 0 : queued.totalPendingWriteBytes());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.CLOSING;
    lane.clientGone(this);
    lane.context().clients().remove(session);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("client {}: {}", session.address(), cause.toString());
    } else {
      LOG.error("client {}: closed by a defect of this node", session.address(), cause);
    }
    ctx.close();
  }
}
