package dev.kibi.node.lane;

import dev.kibi.node.shard.ShardMachine;
import dev.kibi.node.shard.Timers;
import dev.kibi.protocol.wire.NodeRole;

/** Whether a lane may run commands right now, and for how long it has not been able to. */
final class LaneServing implements RoutingTable.Serving {

  /**
   * Commands are parked for as many half grace times (1 s by default) while nobody can serve them.
   */
  private static final int PARKED_HALF_GRACES_MAX = 5;

  private final ShardMachine machine;
  private final Replication replication;
  private final Timers timers;
  private final long lagBytesMax;
  private long batchNanos;
  private long notServingSince;
  private long successorUntil;

  LaneServing(
      ShardMachine machine, Replication replication, Timers timers, long lagBytesMax, long now) {
    this.machine = machine;
    this.replication = replication;
    this.timers = timers;
    this.lagBytesMax = lagBytesMax;
    batchNanos = now;
    notServingSince = now;
    successorUntil = now;
  }

  /** The commands that follow are judged by this time. */
  void at(long now) {
    batchNanos = now;
  }

  /** Time has passed; {@code servedBefore} is what {@link #isServing} said before. */
  void note(boolean servedBefore, long now) {
    if (servedBefore || isServing(now)) {
      notServingSince = now;
    }
  }

  /** A new master's clients are patient from now on. */
  void epochBegan(long now) {
    notServingSince = now;
  }

  /**
   * The shard was handed over: clients are sent to the new master once it has answered us, as then
   * it knows that it is.
   */
  void handedOver(long now) {
    successorUntil = now + timers.grace();
  }

  boolean isServing(long now) {
    return machine.role() == NodeRole.MASTER
        && machine.servesUntil() > now
        && !machine.isHandingOver();
  }

  @Override
  public boolean leased() {
    return isServing(batchNanos);
  }

  @Override
  public boolean parkedTooLong() {
    return batchNanos - notServingSince > PARKED_HALF_GRACES_MAX * timers.grace() / 2;
  }

  @Override
  public boolean inSync() {
    return machine.role() == NodeRole.FOLLOWER && machine.hearsMaster();
  }

  @Override
  public boolean awaitsSuccessor() {
    return successorUntil - batchNanos > 0 && !machine.hearsMaster();
  }

  @Override
  public boolean writesHeldBack() {
    return replication.largestLagBytes(batchNanos - timers.shrink()) > lagBytesMax;
  }
}
