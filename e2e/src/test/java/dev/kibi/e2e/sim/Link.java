package dev.kibi.e2e.sim;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerHandler;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.WireException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection between two programs: two ends, and bytes under way in both directions. */
final class Link {

  /** Ends a direction; no frame is empty. */
  private static final byte[] FIN = new byte[0];

  private final Simulation world;
  private final int queueBytesMax;
  private final End dialled;
  private final End accepted;
  private boolean broken;

  Link(Simulation world, Program from, Program to, int queueBytesMax) {
    this.world = world;
    this.queueBytesMax = queueBytesMax;
    this.dialled = new End(from, to);
    this.accepted = new End(to, from);
  }

  End dialled() {
    return dialled;
  }

  End accepted() {
    return accepted;
  }

  /** Whether one of its ends is on a host. */
  boolean touches(int host) {
    return dialled.owner.host == host || accepted.owner.host == host;
  }

  boolean isOver() {
    return broken || (dialled.closed && accepted.closed);
  }

  /** What is under way is lost, and both ends learn of it. */
  void reset() {
    broken = true;
    for (End end : new End[] {dialled, accepted}) {
      long at = end.owner.time() + world.network().delay(end.peer.host, end.owner.host);
      world.timeline().at(at, () -> end.owner.deliver(end::ended));
    }
  }

  /** One end's program is gone. What it had sent still arrives, and then the end of the stream. */
  @SuppressWarnings("ReferenceEquality") // this very program is meant
  void dead(Program program) {
    for (End end : new End[] {dialled, accepted}) {
      if (end.owner == program && !end.closed) {
        end.closed = true;
        end.transmit(FIN);
      }
    }
  }

  /** What waited for a cut to be healed goes on. */
  void pass() {
    dialled.pass();
    accepted.pass();
  }

  @Override
  public String toString() {
    return dialled.owner.name + " -> " + accepted.owner.name;
  }

  /** What one program holds of the link. */
  final class End implements PeerChannel {
    private final Program owner;
    private final Program peer;
    private final Queue<byte[]> stuck = new ArrayDeque<>();
    private final Map<Class<?>, String> lastTold = new HashMap<>();
    private @Nullable PeerHandler handler;
    private boolean closed;
    private boolean endedEarly;
    private boolean full;
    private long lastArrival;
    private int queuedBytes;
    private long stalledUntil;

    End(Program owner, Program peer) {
      this.owner = owner;
      this.peer = peer;
    }

    void use(Function<PeerChannel, PeerHandler> user) {
      PeerHandler made = user.apply(this);
      handler = made;
      if (endedEarly) {
        ended();
      }
    }

    /** The first bytes arrive when the connection is made at the other end. */
    void nothingBefore(long at) {
      lastArrival = at;
    }

    @Override
    public void send(Frame frame) {
      if (closed || !owner.alive()) {
        return;
      }
      world.laws().sent(owner, frame);
      ByteBuffer bytes = FrameCodec.encode(frame);
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      queuedBytes += copy.length;
      full |= queuedBytes > queueBytesMax;
      transmit(copy);
      if (frame instanceof Frame.MoveBegin) {
        world.nemesis().moveBegins(owner, peer, this);
      }
    }

    @Override
    public boolean writable() {
      return !closed && !full && world.timeline().now() >= stalledUntil;
    }

    @Override
    public boolean takesImages() {
      return writable();
    }

    /** What may wait has to, for so long. */
    void stall(long nanos) {
      if (nanos > 0) {
        stalledUntil = world.timeline().now() + nanos;
        world.timeline().at(stalledUntil, () -> owner.deliver(this::drained));
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        transmit(FIN);
      }
    }

    @Override
    public boolean mayBe(PeerRole role) {
      return true;
    }

    @Override
    public String remote() {
      return peer.name;
    }

    private End far() {
      return this == dialled ? accepted : dialled;
    }

    private void transmit(byte[] packet) {
      lastArrival =
          Math.max(lastArrival, owner.time() + world.network().delay(owner.host, peer.host));
      world
          .timeline()
          .at(
              lastArrival,
              () -> {
                stuck.add(packet);
                pass();
              });
    }

    private void pass() {
      while (!stuck.isEmpty() && !broken && !world.network().isCut(owner.host, peer.host)) {
        byte[] packet = stuck.remove();
        queuedBytes -= packet.length;
        peer.deliver(() -> far().received(packet));
        if (full && queuedBytes <= queueBytesMax / 2) {
          full = false;
          owner.deliver(this::drained);
        }
      }
    }

    private void drained() {
      if (!closed && handler != null) {
        handler.drained();
      }
    }

    private void received(byte[] packet) {
      PeerHandler to = handler;
      if (closed || to == null) {
        return;
      }
      if (packet.length == 0) {
        ended();
        return;
      }
      try {
        Frame frame = FrameCodec.decode(ByteBuffer.wrap(packet));
        if (frame != null) {
          if (world.story().isTold()) {
            tell(frame);
          }
          world.laws().received(owner, frame);
          to.frame(frame);
        }
      } catch (WireException e) {
        throw new Violation("FramesAreValid", e.getMessage() + " from " + peer.name);
      }
    }

    /** Heartbeats and what else says the same again is not worth a line. */
    private void tell(Frame frame) {
      String what = Frames.describe(frame);
      if (!what.equals(lastTold.put(frame.getClass(), what))) {
        owner.tell(() -> "<- " + peer.name + " " + what);
      }
    }

    private void ended() {
      PeerHandler user = handler;
      if (user == null) {
        endedEarly = true;
      } else if (!closed) {
        closed = true;
        user.closed();
      }
    }
  }
}
