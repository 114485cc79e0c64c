package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A master's planned hand-over of its shard (protocol.md section 3, "Planned switchover").
 *
 * <pre>
 * state    | event                                          | clients      | next
 * ---------+------------------------------------------------+--------------+-----------------------------
 * IDLE     | asked, the target is in sync and answers       | parked       | DRAINING
 * DRAINING | all is committed and the target holds it       | parked       | DRAINED (wanted: HandOver)
 * DRAINED  | the log grew                                   | parked       | DRAINING
 * DRAINING, DRAINED | the target is lost, or it takes too long | served    | RESTING
 * RESTING  | the rest is over                               | served       | IDLE
 * DRAINED  | the CAS is sent                                | parked       | SENT
 * SENT     | installed: the same epoch; or refused for ever | parked       | DRAINED (its guard anew)
 * SENT     | installed: another epoch                       | MOVED        | (ends with the mastership)
 * </pre>
 *
 * While the outcome is open nothing is served, reads neither: the target may be master already, and
 * it opens without waiting for our lease. Only a newer version ends SENT (M: KnownMeansNewer).
 */
final class Switchover {

  private enum State {
    IDLE,
    DRAINING,
    DRAINED,
    SENT,
    RESTING
  }

  private final NodeId self;
  private final long drainMax;
  private final long rest;
  private State state = State.IDLE;
  private @Nullable NodeId target;
  private boolean leaving;
  private long since;

  /**
   * Nothing is asked; a drain may take the time of a lease, and a failed one is not repeated for
   * four.
   */
  Switchover(NodeId self, Timers timers) {
    this.self = self;
    this.drainMax = timers.lease();
    this.rest = timers.lease() * 4;
  }

  /**
   * Begins unless something is under way; {@code leave} takes this node out of the in-sync set too.
   */
  void ask(NodeId to, boolean leave, long now) {
    if (state == State.IDLE) {
      target = to;
      leaving = leave;
      state = State.DRAINING;
      since = now;
    }
  }

  /** Whether clients are parked. */
  boolean parks() {
    return state == State.DRAINING || state == State.DRAINED || state == State.SENT;
  }

  /** Whom the shard is handed over to, while it is. */
  Optional<NodeId> target() {
    return parks() ? Optional.ofNullable(target) : Optional.empty();
  }

  /**
   * Takes note of how things stand.
   *
   * @param present whether the target is in sync and answers
   * @param drained whether everything is committed and the target holds the end of the log
   */
  void advance(boolean present, boolean drained, long now) {
    switch (state) {
      case DRAINING, DRAINED -> {
        if (!present || now - since > drainMax) {
          state = State.RESTING;
          since = now;
        } else {
          state = drained ? State.DRAINED : State.DRAINING;
        }
      }
      case RESTING -> {
        if (now - since > rest) {
          state = State.IDLE;
        }
      }
      case IDLE, SENT -> {}
    }
  }

  void changesSent(List<TopologyChange> changes) {
    if (changes.stream().anyMatch(TopologyChange.HandOver.class::isInstance)) {
      state = State.SENT;
    }
  }

  /**
   * A newer version of the same epoch is known, or the change is refused: the shard is still ours.
   */
  void notMade() {
    if (state == State.SENT) {
      state = State.DRAINED;
    }
  }

  /** The hand-over, once it is due. */
  Optional<TopologyChange> wanted(Shard shard) {
    NodeId to = target;
    return state == State.DRAINED && to != null
        ? Optional.of(new TopologyChange.HandOver(shard.id(), shard.epoch(), self, to, leaving))
        : Optional.empty();
  }
}
