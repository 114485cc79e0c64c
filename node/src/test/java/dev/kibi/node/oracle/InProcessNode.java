package dev.kibi.node.oracle;

import dev.kibi.node.Commands;
import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.CommandTable;
import dev.kibi.node.command.Dispatched;
import dev.kibi.node.command.Dispatcher;
import dev.kibi.node.command.Route;
import dev.kibi.node.command.Session;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespProtocolException;
import dev.kibi.node.resp.RespReader;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.EffectLog;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Our side of a differential test: a reader, the dispatcher, a store, and one client, without
 * sockets.
 */
public final class InProcessNode {
  private final CommandTable table = Commands.table();
  private final TestNode node = new TestNode();
  private final Keyspace keyspace;
  private final Dispatcher dispatcher;
  private final RespReader reader = new RespReader();
  private final RespWriter writer = new RespWriter();
  private final Args args = new Args();
  private Session session;
  private boolean closed;

  public InProcessNode() {
    this(new SlotStore(7), new CountingLog());
  }

  /** A node over a store and a log that the test looks at. */
  public InProcessNode(SlotStore store, EffectLog log) {
    keyspace = new Keyspace(store, log, new SplittableRandom(7));
    dispatcher =
        new Dispatcher(
            table, node, (spec, session, hashSlot) -> Route.LOCAL, keyspace, System::nanoTime);
    session = connect();
  }

  public CommandTable table() {
    return table;
  }

  public TestNode node() {
    return node;
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public Keyspace keyspace() {
    return keyspace;
  }

  public Session session() {
    return session;
  }

  /** A further client, registered like the first. */
  public Session connect() {
    long id = node.clients().nextId();
    Session connected =
        new Session(
            id,
            "127.0.0.1:" + (50_000 + id),
            "127.0.0.1:6379",
            System.currentTimeMillis(),
            true,
            new TestLink());
    node.clients().add(connected);
    return connected;
  }

  /** Whether the connection would have been closed. */
  public boolean closed() {
    return closed;
  }

  /** Runs every whole command in {@code request} and answers the bytes a client would get. */
  public byte[] run(byte[] request) {
    writer.clear();
    dispatcher.beginBatch();
    int at = 0;
    try {
      while (at < request.length && !closed) {
        int taken = reader.read(request, at, request.length, args);
        if (taken == 0) {
          throw new IllegalArgumentException("request: half a command (expected: whole ones)");
        }
        at += taken;
        Dispatched outcome = dispatcher.dispatch(session, args, writer, System.currentTimeMillis());
        closed = outcome == Dispatched.CLOSE;
      }
    } catch (RespProtocolException e) {
      writer.error("ERR " + e.getMessage());
      closed = true;
    }
    return Arrays.copyOf(writer.buffer(), writer.size());
  }

  private static final class TestLink implements ClientLink {
    @Override
    public void close() {
      throw new IllegalStateException("link: closed (expected: only sessions of this test)");
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

  private static final class CountingLog implements EffectLog {
    private long end;

    @Override
    public void append(int slot, byte[] buffer, int offset, int length) {
      end += length;
    }

    @Override
    public long end() {
      return end;
    }
  }
}
