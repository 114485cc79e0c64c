package dev.kibi.e2e.sim;

import dev.kibi.protocol.slot.Slot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client as others write them: one connection at a time, a map of slots that MOVED corrects, no
 * patience without end. It writes values nobody has written before.
 */
final class SimClient {

  private static final long TIMEOUT = 1500 * Timeline.MS;
  private static final int MOVES_MAX = 4;

  private final Simulation world;
  private final SplittableRandom random;
  private final int id;
  private final String name;
  private final List<String> keys;
  private final long thinking;
  private final int batchMax;
  private final Map<Integer, String> routes = new TreeMap<>();
  private List<Op> waiting = List.of();
  private @Nullable Connection connection;
  private int written;
  private int moved;
  private long batch;
  private boolean stopped;

  SimClient(Simulation world, int id, List<String> keys) {
    this.world = world;
    this.random = world.random().split();
    this.id = id;
    this.name = "client " + id;
    this.keys = keys;
    this.thinking = (2 + random.nextInt(40)) * Timeline.MS;
    this.batchMax = 1 + random.nextInt(3);
  }

  void start() {
    think();
  }

  /** Begins nothing new. */
  void stop() {
    stopped = true;
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Reads one key, to be looked at by the checks at the end. */
  Op read(String key) {
    Op op = new Op(id, Op.Kind.GET, key, null, world.timeline().now());
    world.history().add(op);
    begin(List.of(op));
    return op;
  }

  private void think() {
    if (!stopped) {
      world.timeline().after(random.nextLong(2 * thinking), this::next);
    }
  }

  private void next() {
    if (stopped) {
      return;
    }
    if (random.nextInt(16) == 0) {
      routes.clear(); // another one in its place, that knows nothing yet
    }
    String key = keys.get(random.nextInt(keys.size()));
    int size = 1 + random.nextInt(batchMax);
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Op op = invent(key);
      world.history().add(op);
      ops.add(op);
    }
    begin(ops);
  }

  private Op invent(String key) {
    long now = world.timeline().now();
    int dice = random.nextInt(20);
    if (dice < 9) {
      return new Op(id, Op.Kind.SET, key, "v" + id + "-" + ++written, now);
    }
    return new Op(id, dice < 11 ? Op.Kind.DEL : Op.Kind.GET, key, null, now);
  }

  private void begin(List<Op> ops) {
    waiting = new ArrayList<>(ops);
    moved = 0;
    long mine = ++batch;
    world
        .timeline()
        .after(
            TIMEOUT,
            () -> {
              if (mine == batch && !waiting.isEmpty()) {
                hangUp();
                finish();
              }
            });
    send();
  }

  private void send() {
    int slot = Simulation.slotOf(waiting.getFirst().key);
    String address = routes.computeIfAbsent(slot, s -> anywhere());
    Connection open = connection;
    if (open == null || !open.node().address().equals(address)) {
      hangUp();
      NodeLife node = world.nodeAt(address);
      if (node == null) {
        routes.remove(slot);
        long mine = batch;
        world
            .timeline()
            .after(
                random.nextLong(40 * Timeline.MS),
                () -> {
                  if (mine == batch && !waiting.isEmpty()) {
                    send();
                  }
                });
        return;
      }
      open = node.connect(this);
      connection = open;
    }
    Connection to = open;
    List<Op> ops = List.copyOf(waiting);
    world.timeline().after(latency(), () -> to.receive(ops));
  }

  private String anywhere() {
    List<Pod> pods = world.pods();
    return pods.get(random.nextInt(pods.size())).address();
  }

  /** A reply leaves the node; it comes back here a little later. */
  void sent(Connection from, Op op, String reply, long at) {
    world.timeline().at(at + latency(), () -> replied(from, op, reply));
  }

  /** The connection was closed by the node, or with it. */
  void ended(Connection from) {
    world
        .timeline()
        .after(
            latency() + Timeline.MS,
            () -> {
              if (connection == from) {
                connection = null;
                routes.clear();
                finish();
              }
            });
  }

  private void replied(Connection from, Op op, String reply) {
    if (connection != from || !waiting.contains(op)) {
      return;
    }
    long now = world.timeline().now();
    if (reply.startsWith("-MOVED ")) {
      String address = reply.substring(reply.lastIndexOf(' ') + 1, reply.lastIndexOf(':'));
      routes.put(
          Slot.ofHashSlot(
              Integer.parseInt(reply.substring("-MOVED ".length(), reply.lastIndexOf(' ')))),
          address);
      if (waiting.getFirst() == op && ++moved <= MOVES_MAX) {
        // Whatever else was sent with it is answered MOVED as well, or does not run twice.
        followRoute(from);
      } else {
        op.refused();
        finish();
      }
      return;
    }
    waiting.remove(op);
    if (reply.startsWith("-")) {
      Violation.require(
          reply.startsWith("-CLUSTERDOWN") || reply.startsWith("-LOADING"),
          "RepliesAreKnown",
          op + ": " + reply);
      op.refused();
    } else {
      op.done(now, valueOf(reply));
      world.story().tell(now, name, () -> op.toString());
    }
    if (waiting.isEmpty()) {
      finish();
    }
  }

  private void followRoute(Connection from) {
    // Only the first of a batch is sent on; the others may still be answered by this node.
    Iterator<Op> rest = waiting.iterator();
    Op first = rest.next();
    waiting = new ArrayList<>(List.of(first));
    from.leave();
    connection = null;
    send();
  }

  private static @Nullable String valueOf(String reply) {
    if (!reply.startsWith("$") || reply.startsWith("$-1")) {
      return null;
    }
    return reply.substring(reply.indexOf('\n') + 1, reply.length() - 2);
  }

  private void hangUp() {
    if (connection != null) {
      connection.leave();
      connection = null;
    }
  }

  private void finish() {
    waiting = List.of();
    batch++;
    think();
  }

  private long latency() {
    return 20_000 + random.nextLong(800_000);
  }
}
