package dev.kibi.node.shard;

import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slot moves a master is the target of: what it stages, and when it may say CAUGHT_UP
 * (protocol.md section 4).
 *
 * <pre>
 * state    | event                                   | answer                          | next
 * ---------+-----------------------------------------+---------------------------------+---------
 * any      | begin of a move that is not installed   | refused                         | same
 * any      | begin of a later attempt                | the slots are to start empty    | STAGING
 * STAGING  | data of this attempt                    | take it through our own log     | STAGING
 * STAGING  | end of this attempt                     | -                               | STAGED
 * STAGED   | our in-sync set has it all              | CAUGHT_UP                       | PROMISED
 * any      | installed: the move is gone             | -                               | (none)
 * </pre>
 *
 * The staged slots stay hidden, because the topology gives them to another shard until the source's
 * commit (M: ServeAtVersion). Once CAUGHT_UP is said that commit is near: clients who hear of it
 * before this node does wait here for a while, instead of being sent back and forth. The tag is
 * (move, epochs, attempt); anything of a lower one is dropped (M: StagingTagged).
 */
public final class IncomingMoves {

  private static final class Staging {
    final SlotMove move;
    final long attempt;
    long endLsn = Long.MAX_VALUE;
    boolean promised;
    long promisedUntil;

    Staging(SlotMove move, long attempt) {
      this.move = move;
      this.attempt = attempt;
    }
  }

  private final long patience;
  private final NavigableMap<Long, Staging> stagings = new TreeMap<>();

  /** {@code patience}: nanoseconds for which clients wait after a CAUGHT_UP. */
  public IncomingMoves(long patience) {
    this.patience = patience;
  }

  /** Why a move may not begin here now, or nothing when it may and its slots are to start empty. */
  public Optional<String> begin(
      Frame.MoveBegin begin, @Nullable Topology installed, NodeId self, boolean serving) {
    if (installed == null || !installed.clusterUid().equals(begin.clusterUid())) {
      return Optional.of("cluster: " + begin.clusterUid() + " (expected: this node's)");
    }
    Optional<SlotMove> planned = installed.move(begin.moveId());
    if (planned.isEmpty() || !isAsPlanned(planned.get(), begin)) {
      return Optional.of("move " + begin.moveId() + ": not in version " + installed.version());
    }
    Optional<Shard> target = installed.shard(planned.get().to());
    boolean leads =
        target.isPresent()
            && target.get().isMaster(self)
            && target.get().epoch() == begin.toEpoch();
    if (!serving || !leads) {
      return Optional.of(
          "shard " + planned.get().to() + ": not served here in epoch " + begin.toEpoch());
    }
    Staging known = stagings.get(begin.moveId());
    if (known != null && known.attempt >= begin.attempt()) {
      return Optional.of("attempt " + begin.attempt() + " (expected: above " + known.attempt + ")");
    }
    stagings.put(begin.moveId(), new Staging(planned.get(), begin.attempt()));
    return Optional.empty();
  }

  private static boolean isAsPlanned(SlotMove planned, Frame.MoveBegin begin) {
    return planned.slots().equals(begin.slots())
        && planned.fromEpoch() == begin.fromEpoch()
        && planned.toEpoch() == begin.toEpoch();
  }

  /** The slots that data of this attempt may touch; empty when it is of no use any more. */
  public SlotSet accepts(long moveId, long attempt) {
    Staging staging = stagings.get(moveId);
    boolean current =
        staging != null && staging.attempt == attempt && staging.endLsn == Long.MAX_VALUE;
    return staging != null && current ? staging.move.slots() : SlotSet.EMPTY;
  }

  /** Everything of an attempt has been taken; our log ends at {@code logEnd}. */
  public void ended(long moveId, long attempt, long logEnd) {
    Staging staging = stagings.get(moveId);
    if (staging != null && staging.attempt == attempt) {
      staging.endLsn = Math.min(staging.endLsn, logEnd);
    }
  }

  /**
   * What may be said now that our in-sync set holds the log up to {@code commitLsn} (M:
   * CaughtUpAfterCommit).
   */
  public List<Frame.CaughtUp> committed(long commitLsn, long nowNanos) {
    List<Frame.CaughtUp> caughtUp = new ArrayList<>();
    for (Staging staging : stagings.values()) {
      if (!staging.promised && staging.endLsn <= commitLsn) {
        staging.promised = true;
        staging.promisedUntil = nowNanos + patience;
        SlotMove move = staging.move;
        caughtUp.add(
            new Frame.CaughtUp(move.id(), move.fromEpoch(), move.toEpoch(), staging.attempt));
      }
    }
    return caughtUp;
  }

  /** The slots that the topology may give us at any moment. */
  public SlotSet promised(long nowNanos) {
    SlotSet promised = SlotSet.EMPTY;
    for (Staging staging : stagings.values()) {
      if (staging.promised && staging.promisedUntil - nowNanos > 0) {
        promised = promised.union(staging.move.slots());
      }
    }
    return promised;
  }

  /**
   * Forgets the moves that are not planned any more, or not as they were; all when we do not serve.
   */
  public void installed(Topology topology, boolean serving) {
    stagings
        .values()
        .removeIf(s -> !serving || !topology.move(s.move.id()).equals(Optional.of(s.move)));
  }
}
