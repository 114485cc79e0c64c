package dev.kibi.node.lane;

import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.node.Commands;
import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.ConfigDefaults;
import dev.kibi.node.command.Dispatched;
import dev.kibi.node.command.Session;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.Timers;
import dev.kibi.node.shard.TopologyWriter;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes with one lane each, a network and an authority, all on one thread and by one clock
 * that only {@link #run} moves: what a test does to it, it does at the same moment each time.
 */
final class World {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int TASKS_MAX = 100_000;
  private static final int LOG_BYTES = 1 << 20;

  final InMemoryAuthority authority = new InMemoryAuthority();
  private final NavigableMap<String, Host> hosts = new TreeMap<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long nanos = 1;
  private boolean away;

  /** One node: a pod that may live several lives. */
  final class Host {
    final String name;
    final NodeIdentity identity;
    final Lane lane;
    final SlotStore store;
    final Keyspace keyspace;
    private final List<Pipe> pipes = new ArrayList<>();
    private final Door door;
    private int dials;
    boolean up = true;

    /** The authority tells it nothing: what it learns, it learns from peers. */
    boolean blind;

    Host(String name, int life, int shard) {
      this.name = name;
      this.identity =
          new NodeIdentity(
              "uid",
              new NodeId("pod-" + name, Integer.toString(life)),
              "cache-" + name,
              "",
              name,
              shard,
              6379,
              16379);
      this.store = new SlotStore(7);
      this.door = new Door(this);
      ReplicationLog log = new ReplicationLog(LOG_BYTES);
      this.keyspace = new Keyspace(store, log, new SplittableRandom(1));
      this.lane =
          new Lane(
              new Lane.Parts(
                  identity,
                  Timers.scaledBy(1),
                  new LaneClock() {
                    @Override
                    public long nanos() {
                      return nanos;
                    }

                    @Override
                    public long millis() {
                      return TimeUnit.NANOSECONDS.toMillis(nanos);
                    }
                  },
                  tasks::add,
                  store,
                  keyspace,
                  log,
                  LOG_BYTES / 2,
                  Commands.table(),
                  ConfigDefaults.of("127.0.0.1", 6379, 0, "noeviction", ""),
                  door,
                  new Dialer(this),
                  new RefusedFrames()));
    }

    NodeId id() {
      return identity.id();
    }

    /** How often it has tried to open a link. */
    int dials() {
      return dials;
    }

    /** How many links it has, whoever opened them. */
    int links() {
      return pipes.size();
    }

    /** A client with a connection of its own. */
    Client client() {
      return new Client(this);
    }
  }

  /** Adds a node that nobody names yet. */
  Host start(String name, int life, int shard) {
    Host host = new Host(name, life, shard);
    hosts.put(name, host);
    authority.watch(topology ->
        tasks.add(() -> {
          if (host.up && !host.blind) {
            host.lane.install(topology);
          }
        }));
    return host;
  }

  /** The process is gone at once: its links are reset and its port refuses. */
  void kill(Host host) {
    host.up = false;
    List.copyOf(host.pipes).forEach(Pipe::reset);
  }

  /** Nothing gets in or out, and nobody is told. */
  void cut(Host host) {
    hold(host);
    host.up = false;
  }

  /** Its links deliver nothing any more, but it goes on and learns of topologies. */
  void hold(Host host) {
    host.pipes.forEach(pipe -> pipe.cut = true);
  }

  /** Its links deliver again, and tell it which of them were closed meanwhile. */
  void letGo(Host host) {
    for (Pipe pipe : List.copyOf(host.pipes)) {
      pipe.cut = false;
      if (pipe.other != null && pipe.other.closed) {
        pipe.ended();
      }
    }
    settle();
  }

  /** The links to it take nothing any more, but for what is sent without asking. */
  void fill(Host host) {
    pipesTo(host).forEach(pipe -> pipe.full = true);
  }

  /** They take something again. */
  void drain(Host host) {
    pipesTo(host)
        .forEach(pipe -> {
          pipe.full = false;
          if (pipe.handler != null) {
            pipe.handler.drained();
          }
        });
    settle();
  }

  private List<Pipe> pipesTo(Host host) {
    return host.pipes.stream().map(pipe -> pipe.other).filter(Objects::nonNull).toList();
  }

  /** The authority answers nobody; requests wait until it is back. */
  void authorityAway() {
    away = true;
  }

  void authorityBack() {
    away = false;
    hosts.values().forEach(host -> host.door.sendAgain());
  }

  /** Monotonic nanoseconds of this world. */
  long nanos() {
    return nanos;
  }

  /** Writes a first topology: host by host, each shard led by the first host named for it. */
  void bootstrap(Durability durability, List<List<Host>> shards) {
    List<Shard> made = new ArrayList<>();
    NavigableMap<Integer, SlotSet> slots = new TreeMap<>();
    List<NodeInfo> nodes = new ArrayList<>();
    int each = 1024 / shards.size();
    for (int i = 0; i < shards.size(); i++) {
      List<NodeId> ids = shards.get(i).stream().map(Host::id).toList();
      made.add(Shard.bootstrap(i, ids.getFirst(), ids.subList(1, ids.size())));
      shards.get(i).forEach(host -> nodes.add(host.identity.info()));
      int last = i == shards.size() - 1 ? 1023 : (i + 1) * each - 1;
      slots.put(i, SlotSet.parse(i * each + "-" + last));
    }
    Topology first =
        new Topology("uid", 1, 1, 1, durability, nodes, made, SlotMap.of(slots), List.of(), 1);
    authority.compareAndSet(0, first, "bootstrap");
  }

  /** Changes the topology as an operator would. */
  void change(UnaryOperator<Topology> change) {
    Topology now = topology();
    CasOutcome outcome =
        authority.compareAndSet(now.version(), change.apply(now), "operator" + now.version());
    if (!(outcome instanceof CasOutcome.Applied)) {
      throw new IllegalStateException("operator's change: " + outcome);
    }
  }

  Topology topology() {
    return authority.get().orElseThrow().topology();
  }

  /** A topology that names one more node, as a learner of the shard it was made for. */
  static Topology withLearner(Topology topology, World.Host host) {
    List<NodeInfo> nodes = new ArrayList<>(topology.nodes());
    nodes.add(host.identity.info());
    Shard shard = topology.shard(host.identity.shard()).orElseThrow();
    List<NodeId> learners = new ArrayList<>(shard.learners());
    learners.removeIf(id -> id.isOtherIncarnationOf(host.id()));
    learners.add(host.id());
    return topology.withShards(
        nodes,
        topology.shards().stream()
            .map(s -> s.id() == shard.id() ? s.withMembers(s.inSync(), learners) : s)
            .toList());
  }

  /** Lets time pass in ticks of 10 ms. */
  void run(long ms) {
    long end = nanos + TimeUnit.MILLISECONDS.toNanos(ms);
    while (nanos < end) {
      nanos += TICK_NANOS;
      hosts.values().stream().filter(host -> host.up).forEach(host -> host.lane.tick());
      settle();
    }
  }

  /** Lets everything happen that takes no time. */
  void settle() {
    int done = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      if (++done > TASKS_MAX) {
        throw new AssertionError("the nodes do not come to rest within one moment");
      }
    }
  }

  private final class Door implements AuthorityPort {
    private final Host host;
    private TopologyWriter.@Nullable Request open;

    Door(Host host) {
      this.host = host;
    }

    @Override
    public void refresh() {
      if (!away && !host.blind) {
        Topology now = topology();
        tasks.add(() -> host.lane.install(now));
      }
    }

    void sendAgain() {
      TopologyWriter.Request request = open;
      if (request != null) {
        send(request);
      }
    }

    @Override
    public void send(TopologyWriter.Request request) {
      open = request;
      tasks.add(() -> {
        if (host.up && !away) {
          CasOutcome outcome =
              authority.compareAndSet(request.expectedVersion(), request.next(), request.opId());
          if (outcome instanceof CasOutcome.Refused refused) {
            throw new IllegalStateException(request.changes() + ": " + refused.reason());
          }
        }
      });
    }

    @Override
    public void settled() {
      open = null;
    }
  }

  private final class Dialer implements PeerDialer {
    private final Host from;

    Dialer(Host from) {
      this.from = from;
    }

    @Override
    public void dial(String address, Function<PeerChannel, PeerHandler> opened, Outcome outcome) {
      from.dials++;
      tasks.add(() -> {
        Host to = hosts.get(address);
        if (to == null || !to.up || !from.up) {
          outcome.failed(Failure.REFUSED);
          return;
        }
        Pipe here = new Pipe(from, to);
        Pipe there = new Pipe(to, from);
        here.other = there;
        there.other = here;
        there.handler = to.lane.accept(there);
        here.handler = opened.apply(here);
      });
    }
  }

  /** One end of a link; frames are bytes in between, as on a real one. */
  final class Pipe implements PeerChannel {
    private final Host owner;
    private final Host far;
    private @Nullable Pipe other;
    private @Nullable PeerHandler handler;
    private boolean closed;
    private boolean cut;
    private boolean full;

    Pipe(Host owner, Host far) {
      this.owner = owner;
      this.far = far;
      owner.pipes.add(this);
    }

    @Override
    public void send(Frame frame) {
      ByteBuffer bytes = FrameCodec.encode(frame);
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      tasks.add(() -> deliver(copy));
    }

    private void deliver(byte[] bytes) {
      Pipe to = other;
      if (to == null || to.closed || cut || to.cut || to.handler == null || !far.up) {
        return;
      }
      try {
        Frame frame = FrameCodec.decode(ByteBuffer.wrap(bytes));
        if (frame != null) {
          to.handler.frame(frame);
        }
      } catch (WireException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean writable() {
      return !closed && !full;
    }

    @Override
    public boolean takesImages() {
      return writable();
    }

    @Override
    public void close() {
      closed = true;
      owner.pipes.remove(this);
      tasks.add(() -> {
        if (other != null) {
          other.ended();
        }
      });
    }

    void reset() {
      ended();
      if (other != null) {
        other.ended();
      }
    }

    private void ended() {
      if (!closed && !cut) {
        closed = true;
        owner.pipes.remove(this);
        if (owner.up && handler != null) {
          handler.closed();
        }
      }
    }

    @Override
    public boolean mayBe(PeerRole role) {
      return true;
    }

    @Override
    public String remote() {
      return far.name;
    }
  }

  /** A connection; its replies are strings in RESP2. */
  final class Client implements LaneClient, ClientLink {
    private final Host host;
    private final Session session;
    private final RespWriter writer = new RespWriter();
    private final PendingReplies pending = new PendingReplies();
    private final Queue<String[]> commands = new ArrayDeque<>();
    private final StringBuilder received = new StringBuilder();
    boolean cutOff;

    private Client(Host host) {
      this.host = host;
      this.session = new Session(host.lane.context().clients().nextId(), "c", "s", 0, true, this);
      host.lane.context().clients().add(session);
    }

    /**
     * Sends a command and returns what has come back by now, of this command and of those before
     * it.
     */
    String send(String... command) {
      post(command);
      settle();
      return received();
    }

    /** Sends a command and lets nothing else happen yet. */
    void post(String... command) {
      commands.add(command);
      retry();
    }

    /** What has come back since this was asked last. */
    String received() {
      String text = received.toString();
      received.setLength(0);
      return text;
    }

    @Override
    public void retry() {
      long now = host.lane.beginBatch();
      while (!commands.isEmpty() && host.up) {
        int start = writer.size();
        Args next = Args.of(commands.element());
        Dispatched dispatched = host.lane.dispatcher().dispatch(session, next, writer, now);
        if (dispatched == Dispatched.PARKED) {
          host.lane.park(this);
          break;
        }
        commands.remove();
        long lsn = host.lane.replyLsn();
        if (lsn > host.lane.commitLsn()) {
          pending.gate(start, lsn);
        }
      }
      host.lane.logGrew();
      flush();
    }

    private void flush() {
      int free = pending.release(host.lane.commitLsn(), writer.size());
      received.append(new String(writer.buffer(), 0, free, StandardCharsets.UTF_8));
      writer.discard(free);
      pending.shift(free);
      if (!pending.isEmpty()) {
        host.lane.awaitCommit(this);
      }
    }

    @Override
    public boolean committed(long commitLsn) {
      flush();
      return !pending.isEmpty();
    }

    @Override
    public void cutOff() {
      cutOff = true;
    }

    @Override
    public void unblock(Consumer<RespWriter> reply) {
      reply.accept(writer);
      flush();
    }

    @Override
    public void close() {
      cutOff = true;
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
}
