package dev.kibi.e2e.sim;

import dev.kibi.node.shard.TopologyChange;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Does to the cluster what its seed has drawn, until it is told to stop. */
final class Nemesis {

  private static final double EMPTY_RESTARTS_PER_SECOND = 4;

  private final Simulation world;
  private final SplittableRandom random;
  private final Faults faults;
  private final SplittableRandom stalling;
  private final boolean stalls;
  private final SplittableRandom moving;
  private final boolean disturbsMoves;
  private boolean ended;

  /** With a source of chance of its own for what came later: older seeds stay what they were. */
  Nemesis(Simulation world, Faults faults, SplittableRandom stalling, SplittableRandom moving) {
    this.world = world;
    this.random = world.random().split();
    this.faults = faults;
    this.stalling = stalling;
    this.stalls = stalling.nextInt(4) == 0;
    this.moving = moving;
    this.disturbsMoves = moving.nextInt(4) == 0;
  }

  void start(Aim aim) {
    switch (aim) {
      case EVERYTHING -> startEverything();
      case EMPTY_RESTARTS -> {
        if (random.nextBoolean()) {
          operatorStaysAway();
        }
        every(EMPTY_RESTARTS_PER_SECOND, this::restartMasterEmpty);
      }
      case ALL_COPIES_LOST -> world.timeline().after(upTo(500), this::loseShard);
    }
  }

  private void startEverything() {
    world.authority().suffer(faults);
    every(faults.crashes(), this::crash);
    every(faults.crashesInside(), this::crashInside);
    every(faults.podsReplaced(), this::replacePod);
    every(faults.freezes(), this::freeze);
    every(faults.stops(), this::stop);
    every(faults.resets(), world.network()::resetOne);
    every(faults.cuts(), this::cut);
    every(faults.isolations(), this::isolate);
    every(faults.refusals(), this::refuse);
    every(
        faults.slowHosts(),
        () -> world.network().slow(random.nextInt(world.pods().size()), now() + upTo(1000)));
    every(faults.moves(), this::swapSlots);
    every(faults.bumps(), () -> world.authority().change(t -> t.atVersion(t.version() + 1)));
    every(faults.switchovers(), this::switchOver);
    every(faults.terminations(), this::terminate);
    every(faults.durabilityChanges(), this::changeDurability);
    every(faults.authorityAway(), this::authorityLeaves);
    every(faults.operatorAway(), this::operatorLeaves);
    every(faults.operatorTwice(), this::secondOperator);
  }

  void end() {
    ended = true;
  }

  private void every(double perSecond, Runnable fault) {
    if (perSecond > 0) {
      double seconds = -Math.log(1 - random.nextDouble()) / perSecond;
      world
          .timeline()
          .after(
              (long) (seconds * Timeline.SECOND),
              () -> {
                if (!ended) {
                  fault.run();
                  every(perSecond, fault);
                }
              });
    }
  }

  // ---- processes

  private void crash() {
    NodeLife node = someNode();
    if (node != null) {
      kill(node);
    }
  }

  private void kill(NodeLife node) {
    if (node.alive() && world.mayDie(node)) {
      node.tell(() -> "is killed");
      node.kill();
      restartLater(node);
    }
  }

  /** Dies while it does something: what it sent before is under way, the rest never leaves. */
  private void crashInside() {
    NodeLife node = someNode();
    if (node != null) {
      node.dieAtLook(random.nextInt(20));
    }
  }

  /** A process has died; perhaps it is back at once. */
  void restartLater(NodeLife node) {
    long down = upTo(random.nextInt(4) == 0 ? 3000 : 300);
    world.timeline().after(down, () -> world.restart(node));
  }

  /** A master dies, perhaps after it was stopped for a while, and is back at once with nothing. */
  private void restartMasterEmpty() {
    List<NodeLife> masters = world.masters();
    if (!masters.isEmpty()) {
      NodeLife node = masters.get(random.nextInt(masters.size()));
      long stopped = random.nextBoolean() ? 0 : upToWildly(1000);
      node.freeze(stopped);
      world
          .timeline()
          .after(
              stopped,
              () -> {
                if (!ended && node.alive() && world.mayDie(node)) {
                  node.tell(() -> "is killed, and back at once");
                  node.kill();
                  world.timeline().after(upTo(5), () -> world.restart(node));
                }
              });
    }
  }

  /** Every process of a shard dies at once, and some are back before anybody has noticed. */
  private void loseShard() {
    for (NodeLife node : world.nodes()) {
      node.tell(() -> "is killed with all others");
      node.kill();
      world.timeline().after(upTo(random.nextBoolean() ? 5 : 500), () -> world.restart(node));
    }
  }

  private void replacePod() {
    Pod pod = world.pods().get(random.nextInt(world.pods().size()));
    pod.leave();
    world
        .timeline()
        .after(
            upTo(500),
            () -> {
              NodeLife node = pod.living();
              if (node == null || world.mayDie(node)) {
                if (node != null) {
                  node.tell(() -> "is killed, its pod is replaced");
                  node.kill();
                }
                pod.replace();
                world.wakeOperator();
                world.timeline().after(upTo(1000), () -> world.startIn(pod));
              } else {
                pod.stay();
              }
            });
  }

  private void terminate() {
    NodeLife node = someNode();
    if (node != null && world.mayDie(node)) {
      node.terminate();
    }
  }

  /** Somebody asks a master to hand its shard to one of its copies. */
  private void switchOver() {
    SimOperator operator = world.operator();
    Topology topology = world.authority().newest();
    if (operator != null && topology != null) {
      Shard shard = topology.shards().get(random.nextInt(topology.shards().size()));
      NodeId to = shard.inSync().get(random.nextInt(shard.inSync().size()));
      operator.switchOver(shard, to);
    }
  }

  private void freeze() {
    Program program = someProgram();
    if (program != null) {
      long nanos = upToWildly(4000);
      program.tell(() -> "is stopped for " + nanos / Timeline.MS + " ms");
      program.freeze(nanos);
    }
  }

  private void stop() {
    Program program = someProgram();
    if (program != null) {
      program.stopAtLook(random.nextInt(100), upToWildly(3000));
    }
  }

  private void operatorLeaves() {
    SimOperator operator = world.operator();
    if (operator != null) {
      operator.tell(() -> "is killed");
      operator.kill();
      world.timeline().after(upToWildly(4000), world::startOperator);
    }
  }

  private void operatorStaysAway() {
    SimOperator operator = world.operator();
    if (operator != null) {
      operator.tell(() -> "is killed, and stays away");
      operator.kill();
    }
  }

  private void secondOperator() {
    if (world.operator() != null) {
      SimOperator second = world.startSecondOperator();
      world
          .timeline()
          .after(
              upTo(3000),
              () -> {
                if (second.alive()) {
                  second.tell(() -> "is killed");
                  second.kill();
                }
              });
    }
  }

  // ---- the network

  private void cut() {
    int hosts = world.pods().size() + 1;
    int from = random.nextInt(hosts);
    int to = random.nextInt(hosts);
    if (from != to) {
      cut(from, to, upToWildly(3000));
    }
  }

  private void refuse() {
    NodeLife node = someNode();
    if (node != null) {
      long nanos = upToWildly(1000);
      node.tell(() -> "is behind something that refuses for " + nanos / Timeline.MS + " ms");
      world.network().refuse(node.host, now() + nanos);
      maybeCutFromAuthority(node.host, nanos);
      NodeLife other = otherCopy(node);
      if (other != null && random.nextInt(3) == 0) {
        kill(other);
      }
    }
  }

  /** For how long a link that has just been made takes nothing that can wait; 0 for not at all. */
  long stallOfLink() {
    boolean stalled = stalls && !ended && stalling.nextBoolean();
    return stalled ? 1 + stalling.nextLong(500 * Timeline.MS) : 0;
  }

  /**
   * A source begins to copy slots. What follows on the link may leave later and be under way for
   * long; the source may be another one by then.
   */
  void moveBegins(Program source, Program target, Link.End link) {
    if (disturbsMoves && !ended && moving.nextBoolean()) {
      long stalled = 1 + moving.nextLong(100 * Timeline.MS);
      link.stall(stalled);
      world.timeline().after(moving.nextLong(stalled), () -> cutMove(source, target));
    }
  }

  private void cutMove(Program source, Program target) {
    if (!ended) {
      cut(source.host, target.host, upToWildly(3000));
      if (moving.nextBoolean() && source instanceof NodeLife node) {
        world.timeline().after(moving.nextLong(200 * Timeline.MS), () -> kill(node));
      }
    }
  }

  private @Nullable NodeLife otherCopy(NodeLife node) {
    List<NodeLife> others = new ArrayList<>(world.nodes());
    others.removeIf(other -> other.shard() != node.shard() || other.id().equals(node.id()));
    return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
  }

  private void isolate() {
    int hosts = world.pods().size() + 1;
    int lonely = random.nextInt(hosts);
    int ways = random.nextInt(3);
    long nanos = upToWildly(3000);
    maybeCutFromAuthority(lonely, nanos);
    for (int other = 0; other < hosts; other++) {
      if (other != lonely) {
        if (ways != 0) {
          cut(lonely, other, nanos);
        }
        if (ways != 1) {
          cut(other, lonely, nanos);
        }
      }
    }
  }

  /** Half of the time, and then perhaps later only. */
  private void maybeCutFromAuthority(int host, long nanos) {
    if (random.nextBoolean()) {
      long later = random.nextBoolean() ? 0 : upTo(1000);
      world
          .timeline()
          .after(
              later,
              () -> {
                if (!ended) {
                  world
                      .story()
                      .tell(now(), "network", () -> "host " + host + " loses the authority");
                  world.authority().cut(host, now() + nanos);
                }
              });
    }
  }

  private void cut(int from, int to, long nanos) {
    world
        .story()
        .tell(
            now(),
            "network",
            () ->
                "nothing gets from host "
                    + from
                    + " to "
                    + to
                    + " for "
                    + nanos / Timeline.MS
                    + " ms");
    world.network().cut(from, to);
    world.timeline().after(nanos, () -> world.network().heal(from, to));
  }

  /**
   * A node asks for changes. While nobody knows their outcome, it may lose the way to the copy they
   * are about, or all its links, or be stopped, or die; whether that is so.
   */
  boolean disturbs(NodeLife node, List<TopologyChange> changes) {
    boolean disturbed = !ended && random.nextDouble() < faults.changesDisturbed();
    if (disturbed) {
      int other = hostOfCopy(node, changes.getFirst());
      world
          .timeline()
          .after(
              upTo(10),
              () -> {
                if (!ended) {
                  disturb(node, other);
                }
              });
    }
    return disturbed;
  }

  private int hostOfCopy(NodeLife node, TopologyChange change) {
    NodeLife about =
        change instanceof TopologyChange.AddInSync add ? world.living(add.node()) : null;
    List<Pod> copies = new ArrayList<>(world.pods());
    copies.removeIf(pod -> pod.shard != node.shard() || pod.host == node.host);
    return about == null ? copies.get(random.nextInt(copies.size())).host : about.host;
  }

  private void disturb(NodeLife node, int other) {
    switch (random.nextInt(6)) {
      case 0, 1 -> cut(node.host, other, upToWildly(3000));
      case 2 -> cut(other, node.host, upToWildly(3000));
      case 3 -> {
        node.tell(() -> "is stopped while its change is under way");
        node.freeze(upToWildly(3000));
      }
      case 4 -> {
        node.tell(() -> "loses its links while its change is under way");
        world.network().resetAll(node.host);
      }
      default -> kill(node);
    }
  }

  // ---- the topology

  /** Plans two slots with keys to change places, so that the map stays balanced. */
  private void swapSlots() {
    world
        .authority()
        .change(topology -> {
          List<String> keys = new ArrayList<>(world.keys());
          int one = Simulation.slotOf(keys.remove(random.nextInt(keys.size())));
          int other = Simulation.slotOf(keys.get(random.nextInt(keys.size())));
          int from = topology.slots().ownerOf(one);
          int to = topology.slots().ownerOf(other);
          SlotSet moving = topology.movingSlots();
          if (from == to || moving.contains(one) || moving.contains(other)) {
            return topology;
          }
          return topology.withPlanned(
              List.of(move(topology, one, from, to), move(topology, other, to, from)));
        });
  }

  private static SlotMove move(Topology topology, int slot, int from, int to) {
    long fromEpoch = topology.shard(from).map(Shard::epoch).orElseThrow();
    long toEpoch = topology.shard(to).map(Shard::epoch).orElseThrow();
    return new SlotMove(0, SlotSet.of(slot), from, to, fromEpoch, toEpoch);
  }

  private void changeDurability() {
    if (world.goal().durability() != Durability.ASYNC) {
      world.want(
          world.goal().durability() == Durability.REQUIRED
              ? Durability.PREFERRED
              : Durability.REQUIRED);
    }
  }

  private void authorityLeaves() {
    world.story().tell(now(), "authority", () -> "is away");
    world.authority().leave();
    world.timeline().after(upToWildly(3000), world.authority()::comeBack);
  }

  // ---- chance

  private @Nullable NodeLife someNode() {
    // Half of the time a master: what happens to it matters most.
    List<NodeLife> nodes = random.nextBoolean() ? world.masters() : world.nodes();
    return nodes.isEmpty() ? null : nodes.get(random.nextInt(nodes.size()));
  }

  private @Nullable Program someProgram() {
    return random.nextInt(8) == 0 ? world.operator() : someNode();
  }

  private long now() {
    return world.timeline().now();
  }

  private long upTo(long ms) {
    return 1 + random.nextLong(ms * Timeline.MS);
  }

  /** As likely around a hundredth of the most as around the most. */
  private long upToWildly(long ms) {
    double exponent = random.nextDouble() * Math.log(100);
    return (long) (ms * Timeline.MS / Math.exp(exponent));
  }
}
