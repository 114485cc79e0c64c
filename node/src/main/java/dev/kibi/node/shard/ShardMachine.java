package dev.kibi.node.shard;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one node is for its shard (protocol.md sections 2 and 3).
 *
 * <pre>
 * role     | event                                   | effects                          | next
 * ---------+-----------------------------------------+----------------------------------+---------
 * any      | installed: no member                    | StopFollowing, (StepDown)        | JOINING
 * any      | installed: learner of epoch e           | (StepDown), Follow(master, e)    | LEARNER
 * any      | installed: in sync or electable in e    | (StepDown), Follow(master, e)    | FOLLOWER
 * any      | installed: master since a new epoch     | StopFollowing, BeginEpoch        | OPENING
 * OPENING  | every lease granted before has run out  | Open                             | MASTER
 * MASTER   | ack, append, installed                  | Committed when the lowest ack of the commit set rises
 * MASTER   | a newer epoch is heard of               | Refresh                          | MASTER, without lease soon
 * FOLLOWER | the master speaks                       | Committed                        | FOLLOWER
 * FOLLOWER | silence for grace, or refused           | suspects() names the master      | FOLLOWER
 * </pre>
 *
 * StepDown comes only where the node was OPENING or MASTER. A fresh process is JOINING and never
 * resumes mastership by itself, because its node id is new (M: FreshIncarnation). Times are
 * nanoseconds of a monotonic clock.
 */
public final class ShardMachine {

  private final NodeId self;
  private final Timers timers;
  private @Nullable Topology installed;
  private @Nullable Shard shard;
  private @Nullable Mastership mastership;
  private NodeRole role = NodeRole.JOINING;
  private long logEnd;
  private boolean everGranted;
  private long grantedAt;
  private long heardAt;
  private boolean heard;
  private boolean suspected;

  public ShardMachine(NodeId self, Timers timers) {
    this.self = self;
    this.timers = timers;
  }

  public NodeRole role() {
    return role;
  }

  /** The newest topology this node knows. */
  public Optional<Topology> topology() {
    return Optional.ofNullable(installed);
  }

  /** The node's shard in the installed topology, while it is a member. */
  public Optional<Shard> shard() {
    return Optional.ofNullable(shard);
  }

  /** The epoch of the node's shard, 0 while it is no member. */
  public long epoch() {
    return shard == null ? 0 : shard.epoch();
  }

  /**
   * Until when a command may run here: the lease of an open master, in the past for everyone else.
   */
  public long servesUntil() {
    return mastership != null && mastership.isOpen() ? mastership.leaseUntil() : Long.MIN_VALUE;
  }

  /**
   * What is uncommitted in this epoch whatever slot it belongs to: the log the master began with.
   */
  public long forkLsn() {
    return mastership == null ? 0 : mastership.forkLsn();
  }

  public long commitLsn() {
    return mastership == null ? 0 : mastership.commitLsn();
  }

  /** On a master: who follows, by node id. */
  public List<FollowerView> followers() {
    return mastership == null ? List.of() : mastership.followers();
  }

  /** On a replica: whether the master was heard in this epoch and is not suspected. */
  public boolean hearsMaster() {
    return heard && !suspected;
  }

  /** When the master was heard last, on the clock of the events. */
  public long heardAt() {
    return heardAt;
  }

  /** The nodes of its shard this node takes for dead. */
  public List<NodeId> suspects() {
    NodeId master = shard == null ? null : shard.master();
    return suspected && master != null ? List.of(master) : List.of();
  }

  /** Joined and in sync for the current epoch, as seen at {@code now}. */
  public boolean isReady(long now) {
    return switch (role) {
      case MASTER -> servesUntil() > now;
      case FOLLOWER -> heard && !suspected && now - heardAt <= timers.grace();
      case JOINING, LEARNER, OPENING -> false;
    };
  }

  /** The changes of the topology this node wants, to be tried on the installed version. */
  public List<TopologyChange> wanted(long now) {
    return mastership == null ? List.of() : mastership.wanted(now);
  }

  /** Takes one event at {@code now} and returns what is to be done about it, in order. */
  public List<ShardEffect> step(ShardEvent event, long now) {
    List<ShardEffect> effects = new ArrayList<>();
    switch (event) {
      case ShardEvent.Installed e -> installed(e.topology(), now, effects);
      case ShardEvent.MasterHeard e -> masterHeard(e, now, effects);
      case ShardEvent.MasterRefused e ->
          suspected |= role != NodeRole.JOINING && e.epoch() == epoch();
      case ShardEvent.Nacked e -> {
        if (e.epoch() > epoch()) {
          effects.add(new ShardEffect.Refresh());
        }
      }
      case ShardEvent.Tick _ -> tick(now);
      case ShardEvent.Appended e -> logEnd = e.logEnd();
      case ShardEvent.FollowRequested e when mastership == null ->
          effects.add(new ShardEffect.RefuseFollower(e.node()));
      case ShardEvent.FollowRequested _,
          ShardEvent.ChangesSent _,
          ShardEvent.SnapshotSent _,
          ShardEvent.Acked _,
          ShardEvent.FollowerUnlinked _,
          ShardEvent.FollowerRefused _ -> {}
    }
    if (mastership != null) {
      asMaster(mastership, event, now, effects);
    }
    return effects;
  }

  private void asMaster(Mastership master, ShardEvent event, long now, List<ShardEffect> effects) {
    switch (event) {
      case ShardEvent.ChangesSent e -> master.changesSent(e.changes());
      case ShardEvent.Appended e -> master.appended(e.logEnd());
      case ShardEvent.FollowRequested e -> effects.add(master.followRequested(e, now));
      case ShardEvent.SnapshotSent e -> master.snapshotSent(e.node(), now);
      case ShardEvent.Acked e -> master.acked(e, now);
      case ShardEvent.FollowerUnlinked e -> master.unlinked(e.node());
      case ShardEvent.FollowerRefused e -> master.refused(e.node());
      case ShardEvent.Installed _,
          ShardEvent.MasterHeard _,
          ShardEvent.MasterRefused _,
          ShardEvent.Nacked _,
          ShardEvent.Tick _ -> {}
    }
    master.dropFailedAdditions(now);
    if (master.mayOpen(now)) {
      master.open();
      role = NodeRole.MASTER;
      effects.add(new ShardEffect.Open());
    }
    if (master.advanceCommit()) {
      effects.add(new ShardEffect.Committed(master.commitLsn()));
    }
  }

  private void installed(Topology topology, long now, List<ShardEffect> effects) {
    Topology before = installed;
    if (before != null && topology.version() <= before.version()) {
      throw new IllegalArgumentException(
          "version: "
              + topology.version()
              + " (expected: above "
              + before.version()
              + ")"); // invariant 1
    }
    Shard old = shard;
    Shard current = topology.shardOf(self).orElse(null);
    installed = topology;
    shard = current;
    boolean newEpoch =
        current == null
            || old == null
            || old.id() != current.id()
            || old.epoch() != current.epoch();
    if (newEpoch) {
      endEpoch(effects);
    }
    if (current == null) {
      role = NodeRole.JOINING;
      effects.add(new ShardEffect.StopFollowing());
    } else if (current.isMaster(self)) {
      lead(current, topology, before, newEpoch, now, effects);
    } else {
      role = current.isPromotable(self) ? NodeRole.FOLLOWER : NodeRole.LEARNER;
      NodeId master = current.master();
      if (newEpoch && master != null) {
        heardAt = now;
        effects.add(new ShardEffect.Follow(master, current.epoch()));
      }
    }
  }

  private void endEpoch(List<ShardEffect> effects) {
    suspected = false;
    heard = false;
    if (mastership != null) {
      effects.add(new ShardEffect.StepDown(mastership.epoch()));
      mastership = null;
    }
  }

  private void lead(
      Shard current,
      Topology topology,
      @Nullable Topology before,
      boolean newEpoch,
      long now,
      List<ShardEffect> effects) {
    if (!newEpoch && mastership != null) {
      mastership
          .installed(current, topology.durability(), now)
          .forEach(node -> effects.add(new ShardEffect.DropFollower(node)));
      return;
    }
    effects.add(new ShardEffect.StopFollowing());
    effects.add(new ShardEffect.BeginEpoch(current.epoch()));
    boolean unclean = before != null && topology.generation() > before.generation();
    long opensAt = opensAt(current, unclean, now);
    mastership = new Mastership(self, timers, current, topology.durability(), logEnd, opensAt, now);
    role = NodeRole.OPENING;
  }

  /**
   * A winner waits until the last lease it granted has run out, and one percent for clocks (M:
   * LeaseWait).
   */
  private long opensAt(Shard current, boolean unclean, long now) {
    long leaseAndDrift = timers.lease() + timers.lease() / 100;
    if (current.handover()) {
      return now;
    }
    if (unclean) {
      return now + leaseAndDrift;
    }
    return everGranted ? Math.max(now, grantedAt + leaseAndDrift) : now;
  }

  private void masterHeard(ShardEvent.MasterHeard event, long now, List<ShardEffect> effects) {
    logEnd = event.received();
    if (event.epoch() != epoch() || mastership != null) {
      return;
    }
    heard = true;
    suspected = false;
    heardAt = now;
    everGranted = true;
    grantedAt = now;
    effects.add(new ShardEffect.Committed(Math.min(event.commitLsn(), event.received())));
  }

  private void tick(long now) {
    boolean follows = role == NodeRole.FOLLOWER || role == NodeRole.LEARNER;
    if (follows && now - heardAt > timers.grace()) {
      suspected = true;
    }
  }
}
