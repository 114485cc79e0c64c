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
 * OPENING  | every lease granted before is over      | Open                             | MASTER
 * MASTER   | ack, append, installed                  | Committed when the lowest ack of the commit set rises
 * MASTER   | a switchover is asked for               | see {@link Switchover}           | MASTER, clients parked
 * MASTER   | a newer epoch is heard of               | Refresh                          | MASTER, serves no more
 * MASTER   | alone, no peer and no authority for long | Refresh                         | MASTER, serves no more
 * FOLLOWER | the master speaks                       | Committed                        | FOLLOWER
 * FOLLOWER | the master is suspected ({@link Suspicion}) | (wanted: Elect, after a delay by rank) | FOLLOWER
 * </pre>
 *
 * StepDown comes only where the node was OPENING or MASTER. A fresh process is JOINING and never
 * resumes mastership by itself, because its node id is new (M: FreshIncarnation). Times are
 * nanoseconds of a monotonic clock.
 */
public final class ShardMachine {

  private final NodeId self;
  private final Timers timers;
  private final LeaseGrants grants;
  private final Suspicion suspicion = new Suspicion();
  private @Nullable Topology installed;
  private @Nullable Shard shard;
  private @Nullable Mastership mastership;
  private NodeRole role = NodeRole.JOINING;
  private long logEnd;
  private long opensAt;
  private boolean waitsFullLease;
  private boolean skipsLeases;
  private long newerEpoch;
  private long refreshedAt;
  private @Nullable InvariantException broken;

  public ShardMachine(NodeId self, Timers timers) {
    this.self = self;
    this.timers = timers;
    this.grants = new LeaseGrants(timers);
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
   * Until when a command may run here: the lease of an open master, in the past for everyone else,
   * and for a master that has heard of a newer epoch (M: EpochFence).
   */
  public long servesUntil() {
    boolean serves =
        broken == null && mastership != null && mastership.isOpen() && newerEpoch <= epoch();
    return mastership != null && serves ? mastership.leaseUntil() : Long.MIN_VALUE;
  }

  /**
   * Whether an invariant was seen broken here. Nothing is known for certain any more then: the
   * machine takes no further event, serves nothing and wants nothing.
   */
  public boolean isBroken() {
    return broken != null;
  }

  /** Whether clients are parked because the shard is being handed over. */
  public boolean isHandingOver() {
    return mastership != null && mastership.isHandingOver();
  }

  /** Whether this master could hand its shard over to {@code to} now. */
  public boolean mayHandOverTo(NodeId to, long now) {
    return role == NodeRole.MASTER && mastership != null && mastership.mayTakeOver(to, now);
  }

  /** Whom this master would hand its shard over to. */
  public Optional<NodeId> bestSuccessor(long now) {
    return role == NodeRole.MASTER && mastership != null
        ? mastership.bestSuccessor(now)
        : Optional.empty();
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
    return suspicion.hasHeard() && !suspicion.isSuspected();
  }

  /** When the master was heard last, on the clock of the events. */
  public long heardAt() {
    return suspicion.heardAt();
  }

  /** The nodes of its shard this node takes for dead. */
  public List<NodeId> suspects() {
    NodeId master = shard == null ? null : shard.master();
    return suspicion.isSuspected() && master != null && !master.equals(self)
        ? List.of(master)
        : List.of();
  }

  /** Joined and in sync for the current epoch, as seen at {@code now}. */
  public boolean isReady(long now) {
    return switch (role) {
      case MASTER -> servesUntil() > now;
      case FOLLOWER -> hearsMaster() && now - heardAt() <= timers.grace();
      case JOINING, LEARNER, OPENING -> false;
    };
  }

  /** The changes of the topology this node wants, to be tried on the installed version. */
  public List<TopologyChange> wanted(long now) {
    if (broken != null) {
      return List.of();
    }
    if (mastership != null) {
      return newerEpoch > epoch() ? List.of() : mastership.wanted(now);
    }
    Shard current = shard;
    if (current == null || !current.isPromotable(self)) {
      return List.of();
    }
    return suspicion.hasLasted(timers.electionDelay(rankIn(current)), now)
        ? List.of(
            new TopologyChange.Elect(current.id(), current.epoch(), self, suspicion.isProven()))
        : List.of();
  }

  private int rankIn(Shard current) {
    List<NodeId> candidates = new ArrayList<>(current.inSync());
    candidates.addAll(current.electable());
    candidates.removeIf(current::isMaster);
    return candidates.indexOf(self);
  }

  /** Takes one event at {@code now} and returns what is to be done about it, in order. */
  public List<ShardEffect> step(ShardEvent event, long now) {
    if (broken != null) {
      return List.of();
    }
    try {
      return taken(event, now);
    } catch (InvariantException e) {
      broken = e;
      throw e;
    }
  }

  private List<ShardEffect> taken(ShardEvent event, long now) {
    List<ShardEffect> effects = new ArrayList<>();
    switch (event) {
      case ShardEvent.Installed e -> installed(e.topology(), now, effects);
      case ShardEvent.MasterHeard e -> masterHeard(e, now, effects);
      case ShardEvent.MasterRefused e when follows() && e.epoch() == epoch() ->
          suspicion.refused(now);
      case ShardEvent.Nacked e -> nacked(e, now, effects);
      case ShardEvent.Tick _ -> tick(now, effects);
      case ShardEvent.Appended e -> logEnd = e.logEnd();
      case ShardEvent.FollowRequested e when mastership == null ->
          effects.add(new ShardEffect.RefuseFollower(e.node()));
      case ShardEvent.MasterRefused _,
          ShardEvent.FollowRequested _,
          ShardEvent.ChangesSent _,
          ShardEvent.ChangesRefused _,
          ShardEvent.SnapshotSent _,
          ShardEvent.Acked _,
          ShardEvent.FollowerUnlinked _,
          ShardEvent.FollowerRefused _,
          ShardEvent.FollowerLeaves _,
          ShardEvent.SwitchoverAsked _,
          ShardEvent.AuthoritySeen _ -> {}
    }
    if (mastership != null) {
      asMaster(mastership, event, now, effects);
    }
    return effects;
  }

  private void asMaster(Mastership master, ShardEvent event, long now, List<ShardEffect> effects) {
    switch (event) {
      case ShardEvent.ChangesSent e -> master.changesSent(e.changes());
      case ShardEvent.ChangesRefused _ -> master.changesRefused();
      case ShardEvent.Appended e -> master.appended(e.logEnd());
      case ShardEvent.FollowRequested e -> effects.add(master.followRequested(e, now));
      case ShardEvent.SnapshotSent e -> master.snapshotSent(e.node(), now);
      case ShardEvent.Acked e -> master.acked(e, now);
      case ShardEvent.FollowerUnlinked e -> master.unlinked(e.node());
      case ShardEvent.FollowerRefused e -> master.refused(e.node());
      case ShardEvent.FollowerLeaves e -> master.leaves(e.node());
      case ShardEvent.SwitchoverAsked e -> master.switchoverAsked(e, now);
      case ShardEvent.AuthoritySeen _ -> master.authoritySeen(now);
      case ShardEvent.Installed _,
          ShardEvent.MasterHeard _,
          ShardEvent.MasterRefused _,
          ShardEvent.Nacked _,
          ShardEvent.Tick _ -> {}
    }
    master.dropFailedAdditions(now);
    if (!master.isOpen() && now >= opensAt) {
      Invariants.leasesAreOver(skipsLeases, now, grants.runOutAt(self, now));
      master.open();
      role = NodeRole.MASTER;
      effects.add(new ShardEffect.Open());
    }
    if (master.advanceCommit()) {
      effects.add(new ShardEffect.Committed(master.commitLsn()));
    }
    master.advanceSwitchover(now);
  }

  private void installed(Topology topology, long now, List<ShardEffect> effects) {
    Topology before = installed;
    Shard old = shard;
    Shard current = topology.shardOf(self).orElse(null);
    Invariants.follows(before, topology, old, current);
    if (before == null && current != null && current.isMaster(self)) {
      Invariants.isNew(self, current);
    }
    installed = topology;
    shard = current;
    if (old != null && sameShard(old, current)) {
      grants.installed(old, topology);
    }
    boolean newEpoch =
        current == null
            || old == null
            || old.id() != current.id()
            || old.epoch() != current.epoch();
    if (newEpoch) {
      endEpoch(now, effects);
    }
    if (current == null) {
      role = NodeRole.JOINING;
      effects.add(new ShardEffect.StopFollowing());
    } else if (current.isMaster(self)) {
      boolean next = before != null && topology.version() == before.version() + 1;
      boolean unclean = topology.generation() > generationOf(before);
      if (next && !unclean && old != null && sameShard(old, current)) {
        Invariants.promotable(self, old, current);
      }
      lead(current, topology, before, newEpoch, now, effects);
    } else {
      role = current.isPromotable(self) ? NodeRole.FOLLOWER : NodeRole.LEARNER;
      NodeId master = current.master();
      if (newEpoch && master != null) {
        effects.add(new ShardEffect.Follow(master, current.epoch()));
      }
    }
  }

  private static boolean sameShard(@Nullable Shard old, @Nullable Shard current) {
    return old != null && current != null && old.id() == current.id();
  }

  /** A cluster begins with generation 1. */
  private static long generationOf(@Nullable Topology topology) {
    return topology == null ? 1 : topology.generation();
  }

  private void endEpoch(long now, List<ShardEffect> effects) {
    suspicion.begin(now);
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
      opensAt = waitsFullLease ? opensAt : Math.min(opensAt, grants.runOutAt(self, now));
      mastership
          .installed(current, topology.durability(), now)
          .forEach(node -> effects.add(new ShardEffect.DropFollower(node)));
      return;
    }
    effects.add(new ShardEffect.StopFollowing());
    effects.add(new ShardEffect.BeginEpoch(current.epoch()));
    waitsFullLease = topology.generation() > generationOf(before);
    skipsLeases = current.handover();
    opensAt = opensAt(current, now);
    mastership = new Mastership(self, timers, current, topology.durability(), logEnd, now);
    role = NodeRole.OPENING;
  }

  /** When no older master can serve any more (M: LeaseWait). */
  private long opensAt(Shard current, long now) {
    if (current.handover()) {
      return now; // the older master has stopped, before it asked for this epoch
    }
    return waitsFullLease ? grants.fullLease(now) : grants.runOutAt(self, now);
  }

  private void masterHeard(ShardEvent.MasterHeard event, long now, List<ShardEffect> effects) {
    logEnd = event.received();
    NodeId master = shard == null ? null : shard.master();
    if (shard != null && mastership == null) {
      Invariants.isPresent(event.epoch(), epoch());
    }
    if (event.epoch() != epoch() || mastership != null || master == null) {
      return;
    }
    suspicion.heard(now);
    grants.grant(master, now);
    effects.add(new ShardEffect.Committed(Math.min(event.commitLsn(), event.received())));
  }

  private void nacked(ShardEvent.Nacked event, long now, List<ShardEffect> effects) {
    NodeId master = shard == null ? null : shard.master();
    if (follows() && master != null && event.node().isOtherIncarnationOf(master)) {
      grants.provenDead(master);
      suspicion.proven(now);
    }
    if (event.epoch() > epoch()) {
      newerEpoch = Math.max(newerEpoch, event.epoch());
      refresh(now, effects);
    }
  }

  private void tick(long now, List<ShardEffect> effects) {
    grants.tick(now);
    if (follows()) {
      suspicion.tick(now, timers.grace());
    }
    boolean behind = shard != null && newerEpoch > epoch() && now - refreshedAt >= timers.lease();
    boolean alone =
        mastership != null
            && mastership.shouldCheckAuthority(now)
            && now - refreshedAt >= timers.authorityCheck();
    if (behind || alone) {
      refresh(now, effects);
    }
  }

  private void refresh(long now, List<ShardEffect> effects) {
    refreshedAt = now;
    effects.add(new ShardEffect.Refresh());
  }

  private boolean follows() {
    return role == NodeRole.FOLLOWER || role == NodeRole.LEARNER;
  }
}
