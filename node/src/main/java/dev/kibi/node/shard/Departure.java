package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeRole;
import java.util.Optional;

/**
 * What a node whose process was told to end has to do first (protocol.md section 3, "Planned
 * switchover").
 *
 * <pre>
 * phase   | how it stands                                     | duty              | next
 * --------+---------------------------------------------------+-------------------+--------
 * STAYING | told to end                                       | as below          | LEAVING
 * LEAVING | master, and others are in sync                    | HAND_OVER         | LEAVING
 * LEAVING | in sync, but not master                           | ASK_MASTER        | LEAVING
 * LEAVING | master and the only copy                          | EXIT              | GONE
 * LEAVING | its copy does not count any more                  | PART              | PARTING
 * PARTING | clients are connected, for at most 20 heartbeats  | PART              | PARTING
 * PARTING | none is, or that time is over                     | EXIT              | GONE
 * any     | the deadline has come                             | EXIT              | GONE
 * </pre>
 *
 * PART: answer MOVED, so that clients go where the shard is served now. A node that cannot leave in
 * time exits all the same: that is a failover, and no acknowledged write is lost by it.
 */
public final class Departure {

  /** What is to be done now. */
  public enum Duty {
    NONE,
    HAND_OVER,
    ASK_MASTER,
    PART,
    EXIT
  }

  private enum Phase {
    STAYING,
    LEAVING,
    PARTING,
    GONE
  }

  private final NodeId self;
  private final long partingMax;
  private Phase phase = Phase.STAYING;
  private long deadline;
  private long partingSince;

  public Departure(NodeId self, Timers timers) {
    this.self = self;
    this.partingMax = timers.heartbeat() * 20;
  }

  /** The process was told to end, and is ended by force at {@code deadlineAt}. */
  public void begin(long deadlineAt) {
    if (phase == Phase.STAYING) {
      phase = Phase.LEAVING;
      deadline = deadlineAt;
    }
  }

  public boolean isLeaving() {
    return phase != Phase.STAYING;
  }

  /**
   * What is to be done at {@code now}, given the node's role, its shard and whether clients are
   * connected.
   */
  public Duty next(NodeRole role, Optional<Shard> shard, boolean clients, long now) {
    if (phase == Phase.STAYING) {
      return Duty.NONE;
    }
    boolean counts = shard.isPresent() && shard.get().inSync().contains(self);
    boolean alone = counts && shard.get().inSync().size() == 1;
    if (phase == Phase.LEAVING && !counts) {
      phase = Phase.PARTING;
      partingSince = now;
    }
    boolean parted = phase == Phase.PARTING && (!clients || now - partingSince > partingMax);
    if (phase == Phase.GONE || alone || parted || now - deadline >= 0) {
      phase = Phase.GONE;
      return Duty.EXIT;
    }
    if (phase == Phase.PARTING) {
      return Duty.PART;
    }
    return role == NodeRole.FOLLOWER ? Duty.ASK_MASTER : Duty.HAND_OVER;
  }
}
