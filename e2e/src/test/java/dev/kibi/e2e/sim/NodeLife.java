package dev.kibi.e2e.sim;

import dev.kibi.node.Commands;
import dev.kibi.node.command.CommandTable;
import dev.kibi.node.command.ConfigDefaults;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.lane.LaneClock;
import dev.kibi.node.lane.NodeIdentity;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One life of a cache process: a real lane with its store and log, and a clock of its own. */
final class NodeLife extends Program {

  private static final CommandTable COMMANDS = Commands.table();
  private static final long LEAVE_MAX = 3 * Timeline.SECOND;
  private static final long TICK = 10 * Timeline.MS;

  /** Every store orders its keys alike, so that equal contents are equal bytes. */
  private static final long STORE_SEED = 7;

  private final NodeIdentity identity;
  private final SlotStore store = new SlotStore(STORE_SEED);
  private final ReplicationLog log;
  private final Keyspace keyspace;
  private final LaneClock clock = new Clock();
  private final Lane lane;
  private final double rate;
  private final long born;
  private final List<Connection> connections = new ArrayList<>();
  private final Witness witness = new Witness();
  private @Nullable Topology lookedUpIn;
  private Optional<Shard> lookedUp = Optional.empty();
  private boolean tickWaits;
  private boolean leaving;
  private boolean batchBegins;
  private boolean probed;
  private long batchBegan;

  NodeLife(Simulation world, Pod pod, double rate, int logBytes) {
    super(world, pod.name + "/" + pod.nextLife(), pod.host);
    this.rate = rate;
    this.born = world.timeline().now();
    this.identity =
        new NodeIdentity(
            Simulation.CLUSTER,
            new NodeId(pod.uid(), name.substring(name.indexOf('/') + 1)),
            pod.name,
            "",
            pod.address(),
            pod.shard,
            6379,
            16379);
    this.log = new ReplicationLog(logBytes);
    this.keyspace = new Keyspace(store, log, new SplittableRandom(1));
    this.lane =
        new Lane(
            new Lane.Parts(
                identity,
                world.timers(),
                clock,
                task -> world.timeline().at(time(), () -> deliver(task)),
                store,
                keyspace,
                log,
                logBytes / 2,
                COMMANDS,
                ConfigDefaults.of("127.0.0.1", 6379, 0, "noeviction", ""),
                new Door(this, world.authority()),
                (address, opened, outcome) -> world.network().dial(this, address, opened, outcome),
                new RefusedFrames()));
    world.authority().watch(this, lane::install);
    tickLater(TICK);
  }

  private final class Clock implements LaneClock {
    @Override
    public long nanos() {
      if (!probed) {
        looked();
      }
      if (batchBegins) {
        batchBegins = false;
        batchBegan = time();
      }
      return Math.round((time() - born) * rate) + Timeline.SECOND;
    }

    @Override
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(time()) + 1;
    }
  }

  NodeId id() {
    return identity.id();
  }

  String address() {
    return identity.address();
  }

  /** The shard it was made for. */
  int shard() {
    return identity.shard();
  }

  Lane lane() {
    return lane;
  }

  SlotStore store() {
    return store;
  }

  Keyspace keyspace() {
    return keyspace;
  }

  ReplicationLog log() {
    return log;
  }

  /** What the laws remember of it. */
  Witness witness() {
    return witness;
  }

  NodeRole role() {
    return lane.report().role();
  }

  /** What it has installed. */
  @Nullable Topology installed() {
    return lane.context().topology();
  }

  /** Its shard as it is in what it has installed. */
  @SuppressWarnings("ReferenceEquality") // whether it is looked up anew, not whether it is equal
  Optional<Shard> installedShard() {
    Topology installed = installed();
    if (installed != lookedUpIn) {
      lookedUpIn = installed;
      lookedUp = Optional.ofNullable(installed).flatMap(topology -> topology.shardOf(id()));
    }
    return lookedUp;
  }

  /** Begins a batch of commands: the lane looks at the clock and so at its lease. */
  long beginBatch() {
    batchBegins = true;
    return lane.beginBatch();
  }

  /** Whether it would run a read of a key now; it does not notice that it is asked. */
  boolean wouldServe(String key) {
    probed = true;
    boolean serves = new Probe(lane).isServed(key);
    probed = false;
    return serves;
  }

  /** When it looked. */
  long batchBegan() {
    return batchBegan;
  }

  Connection connect(SimClient client) {
    Connection connection = new Connection(this, client);
    connections.add(connection);
    return connection;
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  /** Whether it is about to end. */
  boolean isLeaving() {
    return leaving;
  }

  /** SIGTERM: it hands over or leaves, and ends. */
  void terminate() {
    deliver(() -> {
      tell(() -> "is asked to end");
      leaving = true;
      long deadline = clock.nanos() + LEAVE_MAX;
      lane.leave(
          deadline,
          () -> {
            tell(() -> "ends");
            kill();
            world.nemesis().restartLater(this);
          });
    });
  }

  @Override
  void kill() {
    super.kill();
    world.laws().died(this, world.timeline().now());
    List.copyOf(connections).forEach(Connection::lost);
  }

  @Override
  void dieInside() {
    if (world.mayDie(this)) {
      tell(() -> "is killed in the middle of something");
      kill();
      world.nemesis().restartLater(this);
    }
  }

  @Override
  void stepped() {
    world.laws().stepped(this);
  }

  private void tickLater(long nanos) {
    world
        .timeline()
        .after(
            nanos,
            () -> {
              if (alive()) {
                if (!tickWaits) {
                  tickWaits = true;
                  deliver(() -> {
                    tickWaits = false;
                    lane.tick();
                  });
                }
                tickLater(TICK);
              }
            });
  }
}
