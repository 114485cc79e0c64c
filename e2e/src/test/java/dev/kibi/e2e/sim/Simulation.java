package dev.kibi.e2e.sim;

import dev.kibi.node.shard.Timers;
import dev.kibi.operator.plan.Goal;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a cluster comes up, clients use it while the {@link Nemesis} does what the seed has
 * drawn, everything is healed, and then all must be well.
 */
final class Simulation {

  static final String CLUSTER = "cluster-uid";
  private static final Timers TIMERS = Timers.scaledBy(1);
  private static final long LOOK = 50 * Timeline.MS;
  private static final long BOOTSTRAP_MAX = 10 * Timeline.SECOND;
  private static final long HEAL_MAX = 20 * Timeline.SECOND;

  private final SplittableRandom random;
  private final Story story;
  private final Timeline timeline = new Timeline();
  private final Network network;
  private final SimAuthority authority;
  private final Laws laws;
  private final History history = new History();
  private final Nemesis nemesis;
  private final List<Pod> pods = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<SimClient> clients = new ArrayList<>();
  private final List<Long> recoveries = new ArrayList<>();
  private final int logBytes;
  private final Aim aim;
  private final Timers timers;
  private final long troubleNanos;
  private final boolean mercy;
  private Goal goal;
  private @Nullable SimOperator operator;
  private @Nullable Program acting;
  private int operators;

  Simulation(long seed, Story story) {
    this(seed, Aim.EVERYTHING, story);
  }

  Simulation(long seed, Aim aim, Story story) {
    this.aim = aim;
    this.random = new SplittableRandom(seed);
    this.story = story;
    this.network = new Network(this);
    this.authority = new SimAuthority(this, Faults.none());
    this.laws = new Laws(this);
    int shards = 1 + random.nextInt(isAimed() ? 1 : 3);
    int replicas = 1 + random.nextInt(shards == 1 && !isAimed() ? 4 : 2);
    this.goal = new Goal(CLUSTER, shards, replicas, durability(), 4, false, false);
    this.logBytes = 1 << (9 + random.nextInt(7));
    this.mercy = random.nextInt(4) > 0 || isAimed();
    this.troubleNanos =
        isAimed()
            ? 500 * Timeline.MS + random.nextLong(Timeline.SECOND)
            : 2 * Timeline.SECOND + random.nextLong(5 * Timeline.SECOND);
    for (int shard = 0; shard < shards; shard++) {
      for (int ordinal = 0; ordinal <= replicas; ordinal++) {
        pods.add(new Pod("cache-" + shard + "-" + ordinal, shard, pods.size()));
      }
    }
    int keyCount = shards + 1 + random.nextInt(random.nextBoolean() ? 4 : 24);
    for (int i = 0; i < keyCount; i++) {
      keys.add("key" + random.nextInt(100) + "-" + i);
    }
    int clientCount = 2 + random.nextInt(4);
    for (int i = 0; i < clientCount; i++) {
      clients.add(new SimClient(this, i, keys));
    }
    SplittableRandom moving = new SplittableRandom(Long.reverse(seed));
    this.timers = moving.nextBoolean() ? TIMERS : TIMERS.withCopy(copyNanos(moving));
    Faults faults = isAimed() ? Faults.none() : Faults.draw(random);
    this.nemesis = new Nemesis(this, faults, new SplittableRandom(~seed), moving);
    story.tell(0, "seed", () -> seed + ": " + goal + ", " + logBytes + " bytes of log, " + faults);
  }

  private boolean isAimed() {
    return aim != Aim.EVERYTHING;
  }

  /** So little that some attempts to move slots take longer, and so much that most do not. */
  private static long copyNanos(SplittableRandom moving) {
    return (20 + moving.nextLong(300)) * Timeline.MS;
  }

  private Durability durability() {
    int dice = random.nextInt(10);
    if (dice == 0 && !isAimed()) {
      return Durability.ASYNC;
    }
    return dice < 6 ? Durability.PREFERRED : Durability.REQUIRED;
  }

  /** Runs the seed to its end. */
  void run() {
    pods.forEach(this::startIn);
    startOperator();
    until("bootstrap", BOOTSTRAP_MAX);
    clients.forEach(SimClient::start);
    nemesis.start(aim);
    timeline.runTo(timeline.now() + troubleNanos);
    heal();
    until("healing", HEAL_MAX);
    clients.forEach(SimClient::stop);
    timeline.runTo(timeline.now() + 2 * Timeline.SECOND);
    readAll();
    new Convergence(this).check();
    checkGenerations();
    if (goal.durability() != Durability.ASYNC) {
      for (String key : keys) {
        history.check(key, recoveries);
      }
    }
  }

  /**
   * A shard whose copies were all lost opens in a new generation; while one lives there is none.
   */
  private void checkGenerations() {
    if (isAimed()) {
      Violation.require(
          recoveries.isEmpty() == (aim == Aim.EMPTY_RESTARTS),
          "GenerationsTellTheTruth",
          aim + ": " + recoveries.size() + " unclean recoveries");
    }
  }

  private void heal() {
    story.tell(timeline.now(), "nemesis", () -> "heals everything");
    nemesis.end();
    network.healAll();
    authority.suffer(Faults.none());
    authority.comeBack();
    nodes().forEach(Program::thaw);
    pods.forEach(this::startIn);
    SimOperator first = operator;
    if (first != null && first.alive()) {
      first.thaw();
      first.wake();
    } else {
      startOperator();
    }
  }

  private void until(String what, long nanosMax) {
    Convergence convergence = new Convergence(this);
    long end = timeline.now() + nanosMax;
    while (convergence.missing() != null) {
      if (timeline.now() > end) {
        throw new Violation("Convergence", what + ": " + convergence.missing());
      }
      timeline.runTo(timeline.now() + LOOK);
    }
  }

  /** Reads every key once; each client reads one at a time. */
  private void readAll() {
    for (int first = 0; first < keys.size(); first += clients.size()) {
      List<Op> reads = new ArrayList<>();
      for (int i = 0; i < clients.size() && first + i < keys.size(); i++) {
        reads.add(clients.get(i).read(keys.get(first + i)));
      }
      timeline.runTo(timeline.now() + 100 * Timeline.MS);
      for (Op read : reads) {
        Violation.require(read.outcome() == Op.Outcome.DONE, "Convergence", "no answer to " + read);
      }
    }
  }

  // ---- what happens

  /** Starts a process in a pod unless one runs there. */
  void startIn(Pod pod) {
    if (pod.living() == null) {
      double rate = 1 + (random.nextDouble() - 0.5) * 0.0098; // any two: at most one percent apart
      NodeLife node = new NodeLife(this, pod, rate, logBytes);
      pod.runs(node);
      node.tell(() -> "starts as " + node.id());
    }
  }

  /** Starts a process where another one died, unless something else runs there by now. */
  void restart(NodeLife dead) {
    for (Pod pod : pods) {
      if (pod.life() == dead) {
        startIn(pod);
      }
    }
  }

  void startOperator() {
    SimOperator old = operator;
    if (old == null || !old.alive()) {
      operator = startSecondOperator();
    }
  }

  SimOperator startSecondOperator() {
    SimOperator started = new SimOperator(this, "operator-" + ++operators, pods.size());
    started.tell(() -> "starts");
    return started;
  }

  /** A shard was recovered uncleanly: what was acknowledged before may be lost. */
  void recovered() {
    recoveries.add(timeline.now());
  }

  /** Whether a seed that shows mercy lets a process die: not the last copy of its shard. */
  boolean mayDie(NodeLife node) {
    Topology topology = authority.newest();
    Shard shard = topology == null ? null : topology.shardOf(node.id()).orElse(null);
    return !mercy
        || shard == null
        || shard.members().stream()
            .anyMatch(id -> shard.isPromotable(id) && !id.equals(node.id()) && living(id) != null);
  }

  void want(Durability durability) {
    goal =
        new Goal(
            CLUSTER,
            goal.shards(),
            goal.replicas(),
            durability,
            goal.maxConcurrentMoves(),
            goal.rebalancePaused(),
            goal.paused());
    wakeOperator();
  }

  /** Who does something now; for log lines. */
  void acting(Program program) {
    acting = program;
  }

  @Nullable Program acting() {
    return acting;
  }

  // ---- what there is

  SplittableRandom random() {
    return random;
  }

  Story story() {
    return story;
  }

  /** The times of every node. */
  Timers timers() {
    return timers;
  }

  Timeline timeline() {
    return timeline;
  }

  Network network() {
    return network;
  }

  SimAuthority authority() {
    return authority;
  }

  Nemesis nemesis() {
    return nemesis;
  }

  Laws laws() {
    return laws;
  }

  History history() {
    return history;
  }

  Goal goal() {
    return goal;
  }

  List<Pod> pods() {
    return pods;
  }

  List<String> keys() {
    return keys;
  }

  /** The operator watches the spec and the pods. */
  void wakeOperator() {
    SimOperator told = operator();
    if (told != null) {
      told.wake();
    }
  }

  @Nullable SimOperator operator() {
    SimOperator current = operator;
    return current != null && current.alive() ? current : null;
  }

  Topology stored() {
    Topology newest = authority.newest();
    if (newest == null) {
      throw new IllegalStateException("topology: none (expected: after bootstrap)");
    }
    return newest;
  }

  /** Every process that lives, by pod. */
  List<NodeLife> nodes() {
    List<NodeLife> nodes = new ArrayList<>();
    for (Pod pod : pods) {
      NodeLife node = pod.living();
      if (node != null) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** Those that take themselves for masters. */
  List<NodeLife> masters() {
    return nodes().stream().filter(node -> node.role() == NodeRole.MASTER).toList();
  }

  /** The process of a node id, while it lives. */
  @Nullable NodeLife living(NodeId id) {
    for (Pod pod : pods) {
      NodeLife node = pod.living();
      if (node != null && node.id().equals(id)) {
        return node;
      }
    }
    return null;
  }

  @Nullable NodeLife nodeAt(String address) {
    for (Pod pod : pods) {
      NodeLife node = pod.living();
      if (node != null && node.address().equals(address)) {
        return node;
      }
    }
    return null;
  }

  /** The host of an address {@code 10.0.HOST.N}. */
  int hostOf(String address) {
    return Integer.parseInt(address.substring("10.0.".length(), address.lastIndexOf('.')));
  }

  static int slotOf(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return Slot.ofKey(bytes, 0, bytes.length);
  }
}
