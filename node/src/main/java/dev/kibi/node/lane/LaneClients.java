package dev.kibi.node.lane;

import dev.kibi.node.command.Session;
import dev.kibi.node.shard.FollowerView;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.concurrent.TimeUnit;

/**
 * What a lane's clients wait for: their replies for a commit, WAIT for replicas, a parked command
 * for its turn.
 */
final class LaneClients {

  private final ShardMachine machine;
  private final ReplicationLog log;
  private final LaneClock clock;
  private final WaitingClients waiting = new WaitingClients();

  LaneClients(ShardMachine machine, ReplicationLog log, LaneClock clock) {
    this.machine = machine;
    this.log = log;
    this.clock = clock;
  }

  WaitingClients waiting() {
    return waiting;
  }

  /** The LSN that must be committed before a reply that tells of {@code required} may leave. */
  long replyLsn(long required) {
    if (required == 0 || isAsync() || machine.role() != NodeRole.MASTER) {
      return 0;
    }
    return Math.min(required, log.end());
  }

  /** How far the log is committed; replies up to here may leave. */
  long commitLsn() {
    return machine.role() == NodeRole.MASTER && !isAsync() ? machine.commitLsn() : Long.MAX_VALUE;
  }

  void awaitReplicas(LaneClient client, int replicas, long timeoutMs) {
    long wait = timeoutMs == 0 ? Long.MAX_VALUE / 2 : TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    waiting.await(client, log.end(), replicas, clock.nanos() + wait);
  }

  boolean unblock(Session session, boolean withError) {
    return session.link() instanceof LaneClient client
        && waiting.unblock(client, withError, replicasWith(log.end()));
  }

  void answerWaiters() {
    waiting.answerWaiters(this::replicasWith, clock.nanos());
  }

  /**
   * This node's epoch as master is about to end: what WAIT knows by now is all it will ever know.
   */
  void mastershipEnds() {
    waiting.endWaits(this::replicasWith, commitLsn());
  }

  /**
   * The in-sync replicas that have acknowledged the log up to {@code lsn}. A learner does not
   * count: what it holds is no copy yet.
   */
  private int replicasWith(long lsn) {
    return (int)
        machine.followers().stream()
            .filter(FollowerView::inSync)
            .filter(f -> f.linked() && f.acked() >= lsn)
            .count();
  }

  private boolean isAsync() {
    return machine.topology().map(Topology::durability).orElse(Durability.PREFERRED)
        == Durability.ASYNC;
  }
}
