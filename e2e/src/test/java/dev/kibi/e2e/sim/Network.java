package dev.kibi.e2e.sim;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.PeerHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Links between programs as TCP gives them: in order, nothing twice, and nothing at all while a
 * direction is cut; then the bytes wait until it is healed or the link is reset. What was in flight
 * at a reset is lost, and what was sent twice comes by a new link.
 */
final class Network {

  static final int HOSTS_MAX = 32;
  private static final long CONNECT_TIMEOUT = 400 * Timeline.MS;

  private final Simulation world;
  private final SplittableRandom random;
  private final long[] cutsFrom = new long[HOSTS_MAX];
  private final long[] slowUntil = new long[HOSTS_MAX];
  private final long[] refusesUntil = new long[HOSTS_MAX];
  private final List<Link> links = new ArrayList<>();

  /** So little fits into a link that its users meet a full one. */
  private final int queueBytesMax;

  Network(Simulation world) {
    this.world = world;
    this.random = world.random().split();
    this.queueBytesMax = 1 << (5 + random.nextInt(10));
  }

  // ---- faults

  /** From now on nothing gets from one host to another; the other way is another matter. */
  void cut(int from, int to) {
    cutsFrom[from] |= 1L << to;
  }

  void heal(int from, int to) {
    cutsFrom[from] &= ~(1L << to);
    passAll();
  }

  void healAll() {
    Arrays.fill(cutsFrom, 0);
    Arrays.fill(slowUntil, 0);
    Arrays.fill(refusesUntil, 0);
    passAll();
  }

  private void passAll() {
    List.copyOf(links).forEach(Link::pass); // what arrives may open links and close them
  }

  /** What leaves or reaches a host takes longer for a while. */
  void slow(int host, long until) {
    slowUntil[host] = until;
  }

  /**
   * Something in front of a host that lives resets its links and refuses new ones for a while: a
   * refusal is no proof of death.
   */
  void refuse(int host, long until) {
    refusesUntil[host] = until;
    resetAll(host);
  }

  /** Breaks every link of a host. */
  void resetAll(int host) {
    links.removeIf(Link::isOver);
    List.copyOf(links).stream().filter(link -> link.touches(host)).forEach(Link::reset);
  }

  /** Breaks one of the links, if there are any. */
  void resetOne() {
    links.removeIf(Link::isOver);
    if (!links.isEmpty()) {
      Link link = links.get(random.nextInt(links.size()));
      world.story().tell(world.timeline().now(), "network", () -> "resets " + link);
      link.reset();
    }
  }

  boolean isCut(int from, int to) {
    return (cutsFrom[from] & (1L << to)) != 0;
  }

  /** How long the next packet takes. */
  long delay(int from, int to) {
    long delay = 50_000 + random.nextLong(random.nextInt(10) == 0 ? 20_000_000 : 1_000_000);
    long now = world.timeline().now();
    return slowUntil[from] > now || slowUntil[to] > now
        ? delay + random.nextLong(150 * Timeline.MS)
        : delay;
  }

  // ---- links

  void dial(
      Program from,
      String address,
      Function<PeerChannel, PeerHandler> opened,
      PeerDialer.Outcome outcome) {
    if (!from.alive()) {
      return;
    }
    int to = world.hostOf(address);
    long arrives = from.time() + delay(from.host, to);
    world
        .timeline()
        .at(
            arrives,
            () -> {
              NodeLife listener = world.nodeAt(address);
              if (isCut(from.host, to) || isCut(to, from.host)) {
                long late = from.time() + CONNECT_TIMEOUT;
                fail(from, outcome, PeerDialer.Failure.UNREACHABLE, late);
              } else if (listener == null || refusesUntil[to] > world.timeline().now()) {
                fail(from, outcome, PeerDialer.Failure.REFUSED, arrives + delay(to, from.host));
              } else if (from.alive()) {
                connect(from, listener, opened);
              }
            });
  }

  private void fail(Program from, PeerDialer.Outcome outcome, PeerDialer.Failure failure, long at) {
    world.timeline().at(at, () -> from.deliver(() -> outcome.failed(failure)));
  }

  private void connect(Program from, NodeLife listener, Function<PeerChannel, PeerHandler> opened) {
    Link link = new Link(world, from, listener, queueBytesMax);
    links.add(link);
    link.accepted().stall(world.nemesis().stallOfLink());
    long back = world.timeline().now() + delay(listener.host, from.host);
    link.accepted().nothingBefore(back);
    world.timeline().at(back, () -> from.deliver(() -> link.dialled().use(opened)));
    listener.deliver(() -> link.accepted().use(listener.lane()::accept));
    if (links.size() % 64 == 0) {
      links.removeIf(Link::isOver);
    }
  }

  /** A program is gone; the other ends of its links learn of it as far as they can be reached. */
  void dead(Program program) {
    links.removeIf(Link::isOver);
    links.forEach(link -> link.dead(program));
  }
}
