package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.WrongKindException;
import dev.kibi.protocol.slot.Slot;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes one command from its bytes to its reply: what it is, whether it may run here and now, and
 * running it.
 *
 * <p>The checks and their order are those of Redis 7.0.15's {@code processCommand}: existence,
 * arity, authentication, hash slots and route, memory, read-only replica, pause. One instance per
 * lane; nothing is allocated for a command that succeeds.
 */
public final class Dispatcher {
  private static final String OOM = "OOM command not allowed when used memory > 'maxmemory'.";
  private static final String READONLY_REPLICA =
      "READONLY You can't write against a read only replica.";
  private static final String NOAUTH = "NOAUTH Authentication required.";
  private static final String CROSSSLOT = "CROSSSLOT Keys in request don't hash to the same slot";

  private final CommandTable table;
  private final NodeContext node;
  private final Router router;
  private final Keyspace keyspace;
  private final LongSupplier nanoClock;
  private final CommandStatistics statistics;
  private final SlowLog slowLog = new SlowLog();
  private @Nullable Call call;

  private long lastNanos;
  private long requiredLsn;

  /** {@code nanoClock} measures how long commands take: {@code System::nanoTime}. */
  public Dispatcher(
      CommandTable table,
      NodeContext node,
      Router router,
      Keyspace keyspace,
      LongSupplier nanoClock) {
    this.table = table;
    this.node = node;
    this.router = router;
    this.keyspace = keyspace;
    this.nanoClock = nanoClock;
    this.statistics = new CommandStatistics(table.size());
    slowLog.follow(node.config());
  }

  public CommandTable table() {
    return table;
  }

  public CommandStatistics statistics() {
    return statistics;
  }

  /**
   * Starts a run of commands from one read. The clock is read once per command, at its end, which
   * is the next one's start; without this call the first command would be charged the time the lane
   * was idle.
   */
  public void beginBatch() {
    lastNanos = nanoClock.getAsLong();
  }

  /**
   * The LSN that must be committed before the last command's reply may be sent: of its own effects,
   * or of the last effects it may have read; 0 when it touched no data.
   */
  public long requiredLsn() {
    return requiredLsn;
  }

  /** Runs the command in {@code args}; writes its reply, unless it answers PARKED or BLOCKED. */
  public Dispatched dispatch(Session session, Args args, RespWriter out, long nowMs) {
    requiredLsn = 0;
    if (args.count() == 0) {
      return Dispatched.DONE;
    }
    int start = out.size();
    CommandSpec spec = table.resolve(args);
    if (spec == null) {
      if (UnknownCommand.isHttp(args)) {
        return Dispatched.CLOSE;
      }
      out.error(UnknownCommand.error(table, args));
      return finish(session, out, start);
    }
    if (!spec.accepts(args.count())) {
      return reject(
          session,
          spec,
          out,
          start,
          "ERR wrong number of arguments for '" + spec.fullName() + "' command");
    }
    if (!session.authenticated() && !spec.has(Flag.NO_AUTH)) {
      return reject(session, spec, out, start, NOAUTH);
    }
    int hashSlot = KeySlots.of(spec, args);
    if (hashSlot == KeySlots.CROSS) {
      return reject(session, spec, out, start, CROSSSLOT);
    }
    if (hashSlot != KeySlots.NONE) {
      Route route = router.route(spec, session, hashSlot);
      if (!(route instanceof Route.Local)) {
        return elsewhere(session, spec, out, start, route);
      }
    } else if (spec.has(Flag.WRITE) && !node.master()) {
      return reject(session, spec, out, start, READONLY_REPLICA);
    } else {
      Route route = router.routeKeyless(spec);
      if (!(route instanceof Route.Local)) {
        return elsewhere(session, spec, out, start, route);
      }
    }
    if (node.pause().holds(spec, nowMs)) {
      return Dispatched.PARKED;
    }
    long logBefore = keyspace.logEnd();
    keyspace.begin(nowMs);
    try {
      if (spec.has(Flag.DENYOOM) && !keyspace.makeRoom()) {
        return reject(session, spec, out, start, OOM);
      }
      run(session, spec, args, out, nowMs);
    } finally {
      keyspace.commit();
    }
    requiredLsn = lsnToWaitFor(spec, hashSlot, logBefore);
    long nanos = nanoClock.getAsLong();
    statistics.ran(spec, nanos - lastNanos, nowMs);
    if (slowLog.isSlow(nanos - lastNanos) && !spec.has(Flag.SKIP_SLOWLOG)) {
      slowLog.add(session, args, nowMs, nanos - lastNanos);
    }
    lastNanos = nanos;
    if (callFor(session).isBlocked()) {
      session.blocked(true);
      return Dispatched.BLOCKED;
    }
    return finish(session, out, start);
  }

  private void run(Session session, CommandSpec spec, Args args, RespWriter out, long nowMs) {
    int start = out.size();
    long errorsBefore = out.errors();
    Call running = callFor(session);
    running.begin(spec, session, args, out, nowMs);
    session.ran(spec, nowMs);
    keyspace.touching(!session.noTouch());
    out.protocol(session.protocol());
    try {
      handlerOf(spec).run(running);
    } catch (CommandError e) {
      out.truncate(start);
      out.error(e.text());
    } catch (WrongKindException e) {
      out.truncate(start);
      out.error(CommandError.wrongType().text());
    }
    if (out.errors() != errorsBefore) {
      statistics.failed(spec);
    }
  }

  private static Handler handlerOf(CommandSpec spec) {
    Handler handler = spec.handler();
    if (handler == null) {
      throw new IllegalStateException("command: " + spec + " (expected: a handler)");
    }
    return handler;
  }

  private Call callFor(Session session) {
    Call existing = call;
    if (existing == null) {
      existing = new Call(table, node, keyspace, statistics, slowLog, session);
      call = existing;
    }
    return existing;
  }

  private long lsnToWaitFor(CommandSpec spec, int hashSlot, long logBefore) {
    long logEnd = keyspace.logEnd();
    if (logEnd != logBefore) {
      return logEnd;
    }
    if (hashSlot != KeySlots.NONE) {
      return keyspace.lastLsn(Slot.ofHashSlot(hashSlot));
    }
    // A command over many keys (KEYS, DBSIZE) may have seen the newest of them.
    return spec.has(Flag.READONLY) || spec.has(Flag.WRITE) ? logEnd : 0;
  }

  private Dispatched elsewhere(
      Session session, CommandSpec spec, RespWriter out, int start, Route route) {
    return switch (route) {
      case Route.Moved moved ->
          reject(
              session,
              spec,
              out,
              start,
              "MOVED " + moved.hashSlot() + " " + moved.host() + ":" + moved.port());
      case Route.Down down -> reject(session, spec, out, start, down.error());
      case Route.Parked _ -> Dispatched.PARKED;
      case Route.Local _ ->
          throw new IllegalStateException("route: local (expected: Route.LOCAL itself)");
    };
  }

  private Dispatched reject(
      Session session, CommandSpec spec, RespWriter out, int start, String error) {
    statistics.rejected(spec);
    out.error(error);
    return finish(session, out, start);
  }

  private Dispatched finish(Session session, RespWriter out, int start) {
    if (out.size() > start && out.buffer()[start] == '-') {
      statistics.error(ErrorCode.of(out.buffer(), start, out.size()));
    }
    switch (session.replyMode()) {
      case ON -> {
        // The usual case: the reply stays.
      }
      case OFF -> out.truncate(start);
      case SKIP_NEXT -> session.replyMode(ReplyMode.SKIP);
      case SKIP -> {
        out.truncate(start);
        session.replyMode(ReplyMode.ON);
      }
    }
    return session.closing() ? Dispatched.CLOSE : Dispatched.DONE;
  }
}
