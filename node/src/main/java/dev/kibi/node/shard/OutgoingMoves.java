package dev.kibi.node.shard;

import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The slot moves a master is the source of (protocol.md section 4), in their first form: a slot is
 * fenced while it is copied, the others go on.
 *
 * <pre>
 * phase      | event                                    | effects             | next
 * -----------+------------------------------------------+---------------------+-----------
 * (none)     | installed: planned, both epochs as now   | Fence               | DRAINING
 * DRAINING   | committed up to the log end at the fence | Copy                | COPYING
 * COPYING    | caught up, of this very attempt          | - (wanted: commit)  | CAUGHT_UP
 * COPYING    | failed, or no answer in time             | StopCopy, Unfence   | RESTING
 * RESTING    | the rest is over                         | Fence               | DRAINING
 * CAUGHT_UP  | the CAS is sent                          | -                   | COMMITTING
 * CAUGHT_UP  | failed                                   | Unfence             | RESTING
 * COMMITTING | installed: a newer version, still there  | - (wanted: commit)  | CAUGHT_UP
 * any        | installed: the move is gone or stale     | StopCopy, Unfence   | (none)
 * </pre>
 *
 * Nothing but a newer version ends COMMITTING: until then the slot may belong to either shard (M:
 * KnownMeansNewer).
 */
public final class OutgoingMoves {

  private enum Phase {
    DRAINING,
    COPYING,
    CAUGHT_UP,
    COMMITTING,
    RESTING
  }

  private static final class Outgoing {
    final SlotMove move;
    Phase phase = Phase.DRAINING;
    long attempt;
    long fenceLsn;
    long since;

    Outgoing(SlotMove move) {
      this.move = move;
    }
  }

  private final long copyTimeout;
  private final long rest;
  private final NavigableMap<Long, Outgoing> moves = new TreeMap<>();
  private long logEnd;
  private long commitEpoch;
  private long commitLsn;
  private long lastAttempt;

  /**
   * No moves; an attempt may take {@code copyTimeout} ns, and after a failure the slot is served
   * for {@code rest} ns.
   */
  public OutgoingMoves(long copyTimeout, long rest) {
    this.copyTimeout = copyTimeout;
    this.rest = rest;
  }

  /** The commits that are due. */
  public List<TopologyChange> wanted() {
    if (moves.isEmpty()) {
      return List.of(); // asked at every tick, and so almost always
    }
    return moves.values().stream()
        .filter(m -> m.phase == Phase.CAUGHT_UP)
        .<TopologyChange>map(m -> new TopologyChange.CommitMove(m.move))
        .toList();
  }

  /** Whether this very attempt is to be sent. */
  public boolean isCopying(long moveId, long attempt) {
    Outgoing outgoing = moves.get(moveId);
    return outgoing != null && outgoing.phase == Phase.COPYING && outgoing.attempt == attempt;
  }

  /** How many moves are under way. */
  public int size() {
    return moves.size();
  }

  /** Takes one event at {@code now} (monotonic ns) while our log ends at {@code end}. */
  public List<MoveEffect> step(MoveEvent event, long end, long now) {
    logEnd = end;
    List<MoveEffect> effects = new ArrayList<>();
    switch (event) {
      case MoveEvent.Installed e -> installed(e, now, effects);
      case MoveEvent.ChangesSent e -> changesSent(e.changes());
      case MoveEvent.Committed e -> {
        commitEpoch = e.epoch();
        commitLsn = e.lsn();
        moves.values().forEach(move -> copyWhenDrained(move, now, effects));
      }
      case MoveEvent.CaughtUp e -> caughtUp(e);
      case MoveEvent.Failed e -> failed(e, now, effects);
      case MoveEvent.Tick _ -> tick(now, effects);
    }
    return effects;
  }

  private void installed(MoveEvent.Installed event, long now, List<MoveEffect> effects) {
    for (Outgoing outgoing : List.copyOf(moves.values())) {
      if (!isDue(event, outgoing.move)) {
        moves.remove(outgoing.move.id());
        effects.add(new MoveEffect.StopCopy(outgoing.move.id()));
        effects.add(new MoveEffect.Unfence(outgoing.move.slots()));
      } else if (outgoing.phase == Phase.COMMITTING) {
        outgoing.phase = Phase.CAUGHT_UP;
      }
    }
    for (SlotMove move : event.topology().moves()) {
      if (isDue(event, move) && !moves.containsKey(move.id())) {
        Outgoing outgoing = new Outgoing(move);
        moves.put(move.id(), outgoing);
        drain(outgoing, now, effects);
      }
    }
  }

  private static boolean isDue(MoveEvent.Installed event, SlotMove move) {
    Topology topology = event.topology();
    Optional<Shard> from = topology.shard(move.from());
    Optional<Shard> to = topology.shard(move.to());
    return event.serving()
        && topology.move(move.id()).equals(Optional.of(move))
        && from.isPresent()
        && from.get().isMaster(event.self())
        && from.get().epoch() == move.fromEpoch()
        && to.isPresent()
        && to.get().epoch() == move.toEpoch();
  }

  private void drain(Outgoing outgoing, long now, List<MoveEffect> effects) {
    outgoing.phase = Phase.DRAINING;
    outgoing.since = now;
    outgoing.fenceLsn = logEnd;
    effects.add(new MoveEffect.Fence(outgoing.move.slots()));
    copyWhenDrained(outgoing, now, effects);
  }

  /**
   * What the slot's clients were told must be what the target gets (M: WaitOwnCommit). A commit of
   * an earlier mastership says nothing of this one.
   */
  private void copyWhenDrained(Outgoing outgoing, long now, List<MoveEffect> effects) {
    long committed = commitEpoch == outgoing.move.fromEpoch() ? commitLsn : 0;
    if (outgoing.phase == Phase.DRAINING && committed >= outgoing.fenceLsn) {
      outgoing.phase = Phase.COPYING;
      outgoing.since = now;
      outgoing.attempt = ++lastAttempt;
      effects.add(new MoveEffect.Copy(outgoing.move, outgoing.attempt));
    }
  }

  private void changesSent(List<TopologyChange> changes) {
    for (TopologyChange change : changes) {
      if (change instanceof TopologyChange.CommitMove commit) {
        Outgoing outgoing = moves.get(commit.move().id());
        if (outgoing != null) {
          outgoing.phase = Phase.COMMITTING;
        }
      }
    }
  }

  private void caughtUp(MoveEvent.CaughtUp event) {
    Outgoing outgoing = moves.get(event.moveId());
    if (outgoing != null
        && outgoing.phase == Phase.COPYING
        && outgoing.attempt == event.attempt() // M: CaughtUpTagged
        && outgoing.move.fromEpoch() == event.fromEpoch()
        && outgoing.move.toEpoch() == event.toEpoch()) {
      outgoing.phase = Phase.CAUGHT_UP;
    }
  }

  private void failed(MoveEvent.Failed event, long now, List<MoveEffect> effects) {
    Outgoing outgoing = moves.get(event.moveId());
    boolean mayStop =
        outgoing != null && (outgoing.phase == Phase.COPYING || outgoing.phase == Phase.CAUGHT_UP);
    if (outgoing != null && mayStop && outgoing.attempt == event.attempt()) {
      rest(outgoing, now, effects);
    }
  }

  private void rest(Outgoing outgoing, long now, List<MoveEffect> effects) {
    outgoing.phase = Phase.RESTING;
    outgoing.since = now;
    effects.add(new MoveEffect.StopCopy(outgoing.move.id()));
    effects.add(new MoveEffect.Unfence(outgoing.move.slots()));
  }

  private void tick(long now, List<MoveEffect> effects) {
    for (Outgoing outgoing : moves.values()) {
      boolean late = now - outgoing.since > copyTimeout;
      if (late && (outgoing.phase == Phase.COPYING || outgoing.phase == Phase.DRAINING)) {
        rest(outgoing, now, effects);
      } else if (outgoing.phase == Phase.RESTING && now - outgoing.since > rest) {
        drain(outgoing, now, effects);
      }
    }
  }
}
