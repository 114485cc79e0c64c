package dev.kibi.node.lane;

import dev.kibi.node.resp.RespWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongToIntFunction;

/** The clients of a lane that cannot go on at the moment, and what each waits for. */
final class WaitingClients {

  /** A client inside WAIT. */
  private record Waiter(LaneClient client, long lsn, int replicas, long deadlineNanos) {}

  private final Set<LaneClient> parked = new LinkedHashSet<>();
  private final Set<LaneClient> uncommitted = new LinkedHashSet<>();
  private final List<Waiter> waiters = new ArrayList<>();

  void park(LaneClient client) {
    parked.add(client);
  }

  void awaitCommit(LaneClient client) {
    uncommitted.add(client);
  }

  /** A client that is gone waits for nothing. */
  void forget(LaneClient client) {
    parked.remove(client);
    uncommitted.remove(client);
    waiters.removeIf(waiter -> waiter.client().equals(client));
  }

  boolean hasParked() {
    return !parked.isEmpty();
  }

  /** Offers every parked command again, in the order in which they were parked. */
  void retryParked() {
    if (parked.isEmpty()) {
      return;
    }
    List<LaneClient> clients = List.copyOf(parked);
    parked.clear();
    clients.forEach(LaneClient::retry);
  }

  void committed(long commitLsn) {
    if (uncommitted.isEmpty()) {
      return;
    }
    for (LaneClient client : List.copyOf(uncommitted)) {
      if (!client.committed(commitLsn)) {
        uncommitted.remove(client);
      }
    }
  }

  /** Closes everyone whose replies wait for a commit that will not come here any more. */
  void cutOff() {
    List<LaneClient> clients = List.copyOf(uncommitted);
    uncommitted.clear();
    clients.forEach(LaneClient::cutOff);
  }

  /**
   * A client waits until {@code replicas} replicas have the log up to {@code lsn}, or the deadline.
   */
  void await(LaneClient client, long lsn, int replicas, long deadlineNanos) {
    waiters.add(new Waiter(client, lsn, replicas, deadlineNanos));
  }

  /**
   * Answers the waiters that have enough replicas, counted by {@code replicasWith}, or no time
   * left.
   */
  void answerWaiters(LongToIntFunction replicasWith, long nowNanos) {
    for (Waiter waiter : List.copyOf(waiters)) {
      int count = replicasWith.applyAsInt(waiter.lsn());
      if (count >= waiter.replicas() || waiter.deadlineNanos() - nowNanos <= 0) {
        waiters.remove(waiter);
        waiter.client().unblock(reply -> reply.integer(count));
      }
    }
  }

  /**
   * Ends every WAIT: with the count where the write it is about is committed, by closing the
   * connection where nobody can say what becomes of it.
   */
  void endWaits(LongToIntFunction replicasWith, long commitLsn) {
    for (Waiter waiter : List.copyOf(waiters)) {
      waiters.remove(waiter);
      if (waiter.lsn() <= commitLsn) {
        int count = replicasWith.applyAsInt(waiter.lsn());
        waiter.client().unblock(reply -> reply.integer(count));
      } else {
        waiter.client().cutOff();
      }
    }
  }

  /** Ends a client's WAIT from outside; answers false when it was not waiting. */
  boolean unblock(LaneClient client, boolean withError, int replicas) {
    boolean waited = waiters.removeIf(waiter -> waiter.client().equals(client));
    if (waited) {
      client.unblock((RespWriter reply) -> {
        if (withError) {
          reply.error("UNBLOCKED client unblocked via CLIENT UNBLOCK");
        } else {
          reply.integer(replicas);
        }
      });
    }
    return waited;
  }
}
