package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import dev.kibi.protocol.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * One running command: its arguments, the reply, and the world around it. One instance per lane,
 * used again for every command; nothing in it may be kept.
 */
public final class Call {
  private static final Args NONE = new Args();

  private final CommandTable table;
  private final NodeContext node;
  private final Keyspace keyspace;
  private final CommandStatistics statistics;
  private final SlowLog slowLog;

  private Args args = NONE;
  private RespWriter reply = new RespWriter();
  private Session session;
  private CommandSpec spec;
  private long nowMs;
  private boolean blocked;
  private @Nullable ClusterView clusterView;

  Call(
      CommandTable table,
      NodeContext node,
      Keyspace keyspace,
      CommandStatistics statistics,
      SlowLog slowLog,
      Session session) {
    this.table = table;
    this.node = node;
    this.keyspace = keyspace;
    this.statistics = statistics;
    this.slowLog = slowLog;
    this.session = session;
    this.spec = table.all().getFirst();
  }

  void begin(
      CommandSpec newSpec, Session newSession, Args newArgs, RespWriter newReply, long newNowMs) {
    spec = newSpec;
    session = newSession;
    args = newArgs;
    reply = newReply;
    nowMs = newNowMs;
    blocked = false;
  }

  public Args args() {
    return args;
  }

  /** How many arguments there are, the command's name included. */
  public int argc() {
    return args.count();
  }

  public RespWriter reply() {
    return reply;
  }

  public Session session() {
    return session;
  }

  public Keyspace keyspace() {
    return keyspace;
  }

  public NodeContext node() {
    return node;
  }

  public CommandSpec spec() {
    return spec;
  }

  public CommandTable table() {
    return table;
  }

  public CommandStatistics statistics() {
    return statistics;
  }

  public SlowLog slowLog() {
    return slowLog;
  }

  /** The cluster as clients see it, or the error that says this node has not joined one yet. */
  public ClusterView cluster() {
    Topology topology = node.topology();
    if (topology == null) {
      throw CommandError.of("CLUSTERDOWN This node has not joined its cluster yet");
    }
    ClusterView view = clusterView;
    if (view == null || view.topology().version() != topology.version()) {
      view = ClusterView.of(topology, view, node);
      clusterView = view;
    }
    return view;
  }

  /** The time of this command, in ms since the epoch; it does not pass while the command runs. */
  public long now() {
    return nowMs;
  }

  /** A copy of argument {@code i}, which may be kept. */
  public byte[] bytes(int i) {
    return args.copy(i);
  }

  /**
   * Argument {@code i} as Redis quotes it in an error, which is a C string: up to its first NUL.
   */
  public String quoted(int i) {
    String text = args.text(i);
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  /** Argument {@code i} as a key of this lane; good until the next call. */
  public Key key(int i) {
    return keyspace.key(args.buffer(), args.offset(i), args.length(i));
  }

  /** As {@link #key}, for commands that look at two keys at once. */
  public Key otherKey(int i) {
    return keyspace.otherKey(args.buffer(), args.offset(i), args.length(i));
  }

  /** Replies with bytes of the store, or with nil. */
  public void bulk(@Nullable ByteView view) {
    if (view == null) {
      reply.nil();
    } else {
      int at = reply.reserveBulk(view.length());
      view.copyTo(0, reply.buffer(), at, view.length());
    }
  }

  /** Whether argument {@code i} is that ASCII word, in any case. */
  public boolean is(int i, String upperCase) {
    return args.is(i, upperCase);
  }

  /** Argument {@code i} as an integer, or the usual error. */
  public long integer(int i) {
    if (!args.isLong(i)) {
      throw CommandError.notAnInteger();
    }
    return args.longValue(i);
  }

  /** Argument {@code i} as an integer within bounds, or the usual error. */
  public long integer(int i, long min, long max) {
    long value = integer(i);
    if (value < min || value > max) {
      throw CommandError.notAnInteger();
    }
    return value;
  }

  /** Says that the reply comes later; the handler has written nothing. */
  public void block() {
    blocked = true;
  }

  boolean isBlocked() {
    return blocked;
  }
}
