package dev.kibi.e2e.sim;

import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.Dispatched;
import dev.kibi.node.command.Session;
import dev.kibi.node.lane.LaneClient;
import dev.kibi.node.lane.PendingReplies;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection at the node: commands in order, replies in order, each reply held until
 * what it tells is committed, as the node's own connections do.
 */
final class Connection implements LaneClient, ClientLink {

  /** A command that has run, and what its reply waits for. */
  private record Reply(Op op, long lsn, int bytes) {}

  private final NodeLife node;
  private final SimClient client;
  private final Session session;
  private final RespWriter writer = new RespWriter();
  private final PendingReplies pending = new PendingReplies();
  private final Queue<Op> commands = new ArrayDeque<>();
  private final Queue<Reply> replies = new ArrayDeque<>();
  private @Nullable Op told;
  private boolean closed;

  Connection(NodeLife node, SimClient client) {
    this.node = node;
    this.client = client;
    this.session = new Session(node.lane().context().clients().nextId(), "c", "s", 0, true, this);
    node.lane().context().clients().add(session);
  }

  NodeLife node() {
    return node;
  }

  /** Commands arrive together; they run when the node gets to it. */
  void receive(List<Op> ops) {
    node.deliver(() -> {
      if (!closed) {
        commands.addAll(ops);
        retry();
      }
    });
  }

  @Override
  public void retry() {
    if (closed) {
      return;
    }
    long now = node.beginBatch();
    long checkedAt = node.batchBegan();
    while (!commands.isEmpty()) {
      Op op = commands.element();
      int start = writer.size();
      Args next = Args.of(op.command());
      Dispatched dispatched = node.lane().dispatcher().dispatch(session, next, writer, now);
      if (dispatched == Dispatched.PARKED) {
        if (op != told) {
          told = op;
          node.tell(() -> "parks " + op);
        }
        node.lane().park(this);
        break;
      }
      commands.remove();
      long lsn = node.lane().replyLsn();
      boolean ran = writer.buffer()[start] != '-';
      if (ran) {
        node.tell(() -> "runs " + op + ", reply waits for " + lsn);
        node.world.laws().executed(node, op, checkedAt);
      }
      if (lsn > node.lane().commitLsn()) {
        pending.gate(start, lsn);
      }
      replies.add(new Reply(op, lsn, writer.size() - start));
    }
    node.lane().logGrew();
    flush();
  }

  private void flush() {
    int free = pending.release(node.lane().commitLsn(), writer.size());
    int at = 0;
    while (!replies.isEmpty() && at + replies.element().bytes <= free) {
      Reply reply = replies.remove();
      String text = new String(writer.buffer(), at, reply.bytes, StandardCharsets.UTF_8);
      at += reply.bytes;
      if (node.alive() && !closed) {
        node.world.laws().answered(node, reply.op, reply.lsn, text);
        client.sent(this, reply.op, text, node.time());
      }
    }
    writer.discard(at);
    pending.shift(at);
    if (!pending.isEmpty()) {
      node.lane().awaitCommit(this);
    }
  }

  /** The client has gone away. */
  void leave() {
    node.deliver(() -> {
      if (!closed) {
        end();
        node.lane().clientGone(this);
      }
    });
  }

  /** The process is gone. */
  void lost() {
    closed = true;
    client.ended(this);
  }

  private void end() {
    closed = true;
    node.lane().context().clients().remove(session);
    node.forget(this);
  }

  @Override
  public boolean committed(long commitLsn) {
    flush();
    return !pending.isEmpty();
  }

  @Override
  public void cutOff() {
    if (!closed) {
      end();
      client.ended(this);
    }
  }

  @Override
  public void unblock(Consumer<RespWriter> reply) {
    throw new UnsupportedOperationException("unblock: clients of the simulator never block");
  }

  @Override
  public void close() {
    cutOff();
  }

  @Override
  public int inputBytes() {
    return 0;
  }

  @Override
  public long outputBytes() {
    return 0;
  }
}
