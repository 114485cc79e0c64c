package dev.kibi.node.shard;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One epoch of being master: who follows, what is committed, how long the lease holds, whom the
 * in-sync set should gain or lose (protocol.md section 2). It ends with the epoch, and nothing of
 * it outlives that.
 */
final class Mastership {

  /** A learner this close to the end of the log enters the commit set. */
  private static final long ADD_LAG_BYTES_MAX = 1 << 20;

  private final NodeId self;
  private final Timers timers;
  private final long forkLsn;
  private final NavigableMap<NodeId, FollowerProgress> followers = new TreeMap<>();
  private final NavigableSet<NodeId> openAdditions = new TreeSet<>();
  private Shard shard;
  private Durability durability;
  private long logEnd;
  private long commitLsn;
  private final Switchover switchover;
  private boolean open;
  private long contactAt;

  Mastership(
      NodeId self, Timers timers, Shard shard, Durability durability, long logEnd, long now) {
    this.self = self;
    this.timers = timers;
    this.forkLsn = logEnd;
    this.switchover = new Switchover(self, timers);
    this.contactAt = now;
    this.logEnd = logEnd;
    this.shard = shard;
    this.durability = durability;
    members(now);
  }

  long epoch() {
    return shard.epoch();
  }

  long commitLsn() {
    return commitLsn;
  }

  boolean isOpen() {
    return open;
  }

  void open() {
    open = true;
  }

  /** A newer version of the same epoch: the outcome of every change sent so far is known. */
  List<NodeId> installed(Shard newer, Durability newDurability, long now) {
    shard = newer;
    durability = newDurability;
    openAdditions.clear();
    switchover.notMade();
    followers.forEach((node, follower) -> {
      if (newer.inSync().contains(node)) {
        follower.addBar = FollowerProgress.NOT_ADDING;
      }
    });
    return members(now);
  }

  /** Keeps exactly the shard's other members and returns who is none any more. */
  private List<NodeId> members(long now) {
    List<NodeId> gone = followers.keySet().stream().filter(node -> !shard.isMember(node)).toList();
    gone.forEach(followers::remove);
    for (NodeId node : shard.members()) {
      if (!node.equals(self)) {
        followers.computeIfAbsent(node, x -> new FollowerProgress(now));
      }
    }
    return gone;
  }

  void changesSent(List<TopologyChange> changes) {
    switchover.changesSent(changes);
    for (TopologyChange change : changes) {
      if (change instanceof TopologyChange.AddInSync add) {
        openAdditions.add(add.node());
      }
    }
  }

  void changesRefused() {
    openAdditions.clear();
    switchover.notMade();
  }

  void appended(long end) {
    logEnd = end;
  }

  /** How a follower that asks to be linked goes on. */
  ShardEffect followRequested(ShardEvent.FollowRequested request, long now) {
    FollowerProgress follower = followers.get(request.node());
    if (follower == null || request.epoch() != shard.epoch()) {
      return new ShardEffect.RefuseFollower(request.node());
    }
    boolean mayResume = request.common() >= request.applied() && request.kept();
    if (!mayResume && mayBePromotable(request.node())) {
      follower.refused = true;
      follower.needsCopy = true; // M: KeepWhileListed: out of the sets first, by CAS
      return new ShardEffect.RefuseFollower(request.node());
    }
    follower.linked = true;
    follower.refused = false;
    follower.needsCopy = false;
    follower.synced = mayResume;
    follower.syncedAt = now;
    follower.heardAt = now;
    follower.progressedAt = now;
    follower.acked = 0;
    if (!mayResume) {
      follower.addBar = FollowerProgress.NOT_ADDING; // what it held is gone
    }
    return mayResume
        ? new ShardEffect.ResumeFollower(request.node(), request.common())
        : new ShardEffect.SnapshotFollower(request.node());
  }

  /** An addition whose outcome is unknown may have been made. */
  private boolean mayBePromotable(NodeId node) {
    return shard.isPromotable(node) || openAdditions.contains(node);
  }

  void snapshotSent(NodeId node, long now) {
    FollowerProgress follower = followers.get(node);
    if (follower != null) {
      follower.synced = true;
      follower.syncedAt = now;
    }
  }

  void acked(ShardEvent.Acked ack, long now) {
    FollowerProgress follower = followers.get(ack.node());
    if (follower == null || ack.epoch() != shard.epoch()) {
      return;
    }
    if (follower.synced) { // else it has the end of the log, but not what comes before
      follower.acknowledged(Math.min(ack.lsn(), logEnd), logEnd, now);
    }
    follower.heardAt = now;
    contactAt = now;
    follower.answeredSentAt =
        follower.answered ? Math.max(follower.answeredSentAt, ack.sentAt()) : ack.sentAt();
    follower.answered = true;
    boolean holdsAll = follower.synced && ack.sentAt() > follower.syncedAt;
    boolean closeEnough = logEnd - follower.acked <= ADD_LAG_BYTES_MAX;
    if (holdsAll && closeEnough && !follower.isAdding() && mayJoin(ack.node(), follower)) {
      follower.addBar = Math.max(commitLsn, forkLsn);
    }
  }

  private boolean mayJoin(NodeId node, FollowerProgress follower) {
    return !follower.leaving && !shard.inSync().contains(node);
  }

  void leaves(NodeId node) {
    FollowerProgress follower = followers.get(node);
    if (follower != null) {
      follower.leaving = true;
    }
  }

  void authoritySeen(long now) {
    contactAt = now;
  }

  // ---- planned switchover

  /** Whether {@code node} could take the shard over now. */
  boolean mayTakeOver(NodeId node, long now) {
    FollowerProgress follower = followers.get(node);
    return follower != null
        && shard.inSync().contains(node)
        && follower.linked
        && follower.answered
        && !follower.leaving
        && !follower.refused
        && !isSilent(follower, now);
  }

  /** The in-sync follower with the longest log that could take the shard over now. */
  Optional<NodeId> bestSuccessor(long now) {
    return followers.keySet().stream()
        .filter(node -> mayTakeOver(node, now))
        .max(Comparator.comparingLong(this::ackedBy).thenComparing(Comparator.reverseOrder()));
  }

  void switchoverAsked(ShardEvent.SwitchoverAsked asked, long now) {
    if (open && mayTakeOver(asked.to(), now)) {
      switchover.ask(asked.to(), asked.leave(), now);
    }
  }

  /** Whether clients are parked because the shard is being handed over. */
  boolean isHandingOver() {
    return switchover.parks();
  }

  void advanceSwitchover(long now) {
    switchover
        .target()
        .ifPresentOrElse(
            to ->
                switchover.advance(
                    mayTakeOver(to, now), commitLsn == logEnd && ackedBy(to) == logEnd, now),
            () -> switchover.advance(false, false, now));
  }

  private long ackedBy(NodeId node) {
    FollowerProgress follower = followers.get(node);
    return follower == null ? 0 : follower.acked;
  }

  void unlinked(NodeId node) {
    FollowerProgress follower = followers.get(node);
    if (follower != null) {
      follower.linked = false;
      follower.synced = false;
      follower.acked = 0;
    }
  }

  void refused(NodeId node) {
    FollowerProgress follower = followers.get(node);
    if (follower != null && !follower.linked) {
      follower.refused = true;
    }
  }

  /**
   * A follower that is being added and fell away leaves the commit set, once no CAS can have added
   * it.
   */
  void dropFailedAdditions(long now) {
    followers.forEach((node, follower) -> {
      boolean lost = !follower.linked || isSilent(follower, now);
      if (follower.isAdding() && lost && !openAdditions.contains(node)) {
        follower.addBar = FollowerProgress.NOT_ADDING;
      }
    });
  }

  /** Moves the commit LSN to the lowest ack of the commit set and returns whether it moved. */
  boolean advanceCommit() {
    boolean enoughCopies = durability != Durability.REQUIRED || shard.inSync().size() >= 2;
    if (!enoughCopies || !shard.electable().isEmpty()) { // M: ElectableStopsAcks
      return false;
    }
    long lowest = logEnd;
    for (NodeId node : commitSet()) {
      lowest = Math.min(lowest, ackedBy(node));
    }
    if (lowest <= commitLsn) {
      return false;
    }
    Invariants.commits(shard, commitLsn, lowest, logEnd);
    commitLsn = lowest;
    for (NodeId member : shard.inSync()) {
      Invariants.isHeld(member, member.equals(self) ? logEnd : ackedBy(member), commitLsn);
    }
    return true;
  }

  /**
   * Until when this master may serve: an older answer of anyone who could be elected ends it (M:
   * LeaseCoversAll).
   */
  long leaseUntil() {
    long until = isLone() ? contactAt + timers.isolation() : Long.MAX_VALUE;
    for (NodeId node : commitSet()) {
      until = Math.min(until, leaseOf(node));
    }
    for (NodeId node : shard.electable()) {
      until = Math.min(until, leaseOf(node));
    }
    return until;
  }

  /**
   * Whether no other copy could be elected. Then nothing bounds what this master does but the
   * authority: it may be replaced by unclean recovery, once it is proven dead to others.
   */
  private boolean isLone() {
    return shard.inSync().size() == 1 && shard.electable().isEmpty();
  }

  /** Whether it is time to see whether the authority is there. */
  boolean shouldCheckAuthority(long now) {
    return isLone() && now - contactAt >= timers.authorityCheck();
  }

  private long leaseOf(NodeId node) {
    FollowerProgress follower = followers.get(node);
    return follower != null && follower.answered
        ? follower.answeredSentAt + timers.lease()
        : Long.MIN_VALUE;
  }

  /**
   * The in-sync set of the installed version without this node, and whoever is being added (M:
   * AddHoldsCommit).
   */
  private NavigableSet<NodeId> commitSet() {
    NavigableSet<NodeId> set = new TreeSet<>(shard.inSync());
    set.remove(self);
    followers.forEach((node, follower) -> {
      if (follower.isAdding()) {
        set.add(node);
      }
    });
    return set;
  }

  /** Who follows, by node id. */
  List<FollowerView> followers() {
    List<FollowerView> views = new ArrayList<>();
    followers.forEach((node, f) ->
        views.add(
            new FollowerView(node, f.linked, shard.inSync().contains(node), f.acked, f.heardAt)));
    return views;
  }

  /** The changes of the in-sync set that are due. */
  List<TopologyChange> wanted(long now) {
    List<TopologyChange> wanted = new ArrayList<>();
    followers.forEach((node, follower) -> {
      if (shard.inSync().contains(node)) {
        if (follower.refused || follower.leaving || isSilent(follower, now)) {
          wanted.add(new TopologyChange.RemoveInSync(shard.id(), shard.epoch(), node));
        }
      } else if (follower.isAdding() && follower.linked && follower.acked >= follower.addBar) {
        wanted.add(new TopologyChange.AddInSync(shard.id(), shard.epoch(), node));
      } else if (follower.needsCopy && shard.electable().contains(node)) {
        wanted.add(new TopologyChange.RemoveElectable(shard.id(), shard.epoch(), node));
      }
    });
    switchover.wanted(shard).ifPresent(wanted::add);
    return wanted;
  }

  /** Also one that answers, and yet gets no further. */
  private boolean isSilent(FollowerProgress follower, long now) {
    return now - follower.heardAt > timers.shrink()
        || now - follower.progressedAt > timers.shrink();
  }
}
