package dev.kibi.e2e.sim;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that are left out one at a time. Names are those of protocol.md, "(M: …)", where it has
 * one; the others are further guards.
 */
final class Mutants {

  private static final String MASTERSHIP = "node:shard/Mastership";
  private static final String MACHINE = "node:shard/ShardMachine";
  private static final String CHANGE = "node:shard/TopologyChange";
  private static final String OUTGOING = "node:shard/OutgoingMoves";
  private static final String INCOMING = "node:shard/IncomingMoves";
  private static final String HISTORY = "node:shard/LogHistory";
  private static final String LANE = "node:lane/Lane";
  private static final String CLIENTS = "node:lane/LaneClients";
  private static final String SLOTS = "node:lane/OwnedSlots";
  private static final String MASTER_LINK = "node:lane/MasterLink";
  private static final String REPLICATION = "node:lane/Replication";
  private static final String ROUTING = "node:lane/RoutingTable";
  private static final String RECOVERIES = "operator:plan/RecoveryPlanner";

  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(replication(), failover(), moves(), glue()).flatMap(List::stream).toList();
  }

  /** Section 2: who has what, and what may be told of it. */
  private static List<Mutant> replication() {
    return List.of(
        Mutant.of(
                "ShrinkBeforeAck",
                MASTERSHIP,
                "set.remove(self);",
                "set.remove(self);"
                    + "followers.forEach((n, f) -> { if (!f.linked) { set.remove(n); } });")
            .foundBy(1, 2),
        Mutant.of("AddHoldsCommit", MASTERSHIP, "if (follower.isAdding()) {", "if (false) {")
            .foundBy(16, 18),
        Mutant.of("KnownMeansNewer", MASTERSHIP, "&& !openAdditions.contains(node)", "")
            .foundBy(143, 274),
        Mutant.of("AddNeedsFork", MASTERSHIP, "Math.max(commitLsn, forkLsn)", "commitLsn")
            .foundBy(8),
        Mutant.of("AddNeedsAllOfTheSnapshot", MASTERSHIP, "follower.synced && ack", "ack")
            .foundBy(17, 24),
        Mutant.of(
                "ElectableStopsAcks",
                MASTERSHIP,
                "!enoughCopies || !shard.electable().isEmpty()",
                "!enoughCopies && shard.electable().isEmpty()")
            .foundBy(3, 4),
        Mutant.of(
                "RequiredNeedsTwoCopies",
                MASTERSHIP,
                "!enoughCopies || !shard.electable().isEmpty()",
                "!shard.electable().isEmpty()")
            .foundBy(4, 8),
        Mutant.of(
                "ElectableOnlyIfMin",
                CHANGE,
                "topology.durability() == Durability.REQUIRED && without.inSync().size() < 2",
                "true")
            .foundBy(1, 2),
        Mutant.of(
                "CommitIsTheLowestAck", MASTERSHIP, "lowest = Math.min(lowest, ackedBy(node));", "")
            .foundBy(1, 2),
        Mutant.of(
                "KeepWhileListed",
                MASTERSHIP,
                "!mayResume && mayBePromotable(request.node())",
                "false")
            .and(MASTER_LINK, "if (host.promotable()) {", "if (false) {")
            .foundBy(39, 68),
        Mutant.of(
                "LineageFork",
                HISTORY,
                "long common = 0;",
                "long common = Math.min(end, otherEnd);")
            .foundBy(19, 48),
        Mutant.of(
                "WhatWasExecutedIsNotCut",
                MASTERSHIP,
                "request.common() >= request.applied() && request.kept()",
                "request.kept()")
            .and(MASTER_LINK, "resume.lsn() < host.applier().fedLsn() || ", "")
            .foundBy(1, 4),
        Mutant.of(
                "OnlyCommittedIsApplied",
                MACHINE,
                "Math.min(event.commitLsn(), event.received())",
                "event.received()")
            .foundBy(1, 2));
  }

  /** Section 3: leases, elections, fences. */
  private static List<Mutant> failover() {
    return List.of(
        Mutant.of(
                "EpochFence",
                REPLICATION,
                "stopFollowing();\n    wantedEpoch = epoch;",
                "wantedEpoch = epoch;")
            .foundBy(2, 9),
        Mutant.of(
                "LeaseWait",
                "node:shard/LeaseGrants",
                "last = Math.max(last, grant.getValue() + length);",
                "")
            .foundBy(1, 2),
        Mutant.of(
                "ProofNamesGrantee",
                "node:shard/LeaseGrants",
                "before.isMember(node) && after.shardOf(node).isEmpty()",
                "before.members().stream().anyMatch(n -> after.shardOf(n).isEmpty())")
            .foundBy(154),
        Mutant.of(
                "LeaseCoversAll",
                MASTERSHIP,
                "for (NodeId node : shard.electable()) {",
                "for (NodeId node : List.<NodeId>of()) {")
            .foundBy(31, 62),
        Mutant.of("HandoverStopsFirst", "node:lane/LaneServing", "&& !machine.isHandingOver()", "")
            .foundBy(49, 54),
        Mutant.of(
                "HandoverDrains",
                "node:shard/Switchover",
                "state = drained ? State.DRAINED : State.DRAINING;",
                "state = State.DRAINED;")
            .foundBy(38, 55),
        Mutant.of(
                "LeaseIsLookedAt",
                "node:lane/LaneServing",
                "return isServing(batchNanos);",
                "return machine.role() == NodeRole.MASTER;")
            .foundBy(10, 19),
        Mutant.of(
                "LeaseRunsFromTheQuestion",
                MASTERSHIP,
                "follower.answeredSentAt + timers.lease()",
                "follower.heardAt + timers.lease()")
            .foundBy(45),
        Mutant.of(
                "FreshIncarnation",
                "protocol:topology/NodeId",
                "requirePart(\"incarnation\", incarnation);",
                "incarnation = \"1\";")
            .foundBy(1, 4),
        Mutant.of(
                "OnlyPromotableAreElected",
                "protocol:election/ElectionRule",
                "shard.isPromotable(candidate.node()) && !suspects",
                "!suspects")
            .foundBy(3, 8),
        Mutant.of(
                "RecoveryNeedsProof",
                RECOVERIES,
                ".filter(node -> !scene.liveness().isProvenDead(node))",
                ".filter(node -> false)")
            .and(
                RECOVERIES,
                "!liveness.isHeard(pod) && !liveness.isSilentFor(pod, timers.patienceNanos())",
                "false")
            .foundBy(3, 8),
        Mutant.of(
                "OlderTopologyIsRefused",
                LANE,
                "if (topology.version() <= known) {",
                "if (topology.version() == known) {")
            .foundBy(2, 3));
  }

  /** Section 4: slot moves. */
  private static List<Mutant> moves() {
    return List.of(
        Mutant.of("FenceParks", ROUTING, "fenced.or(slots.toBitSet());", "").foundBy(3, 12),
        Mutant.of("WaitOwnCommit", OUTGOING, "&& committed >= outgoing.fenceLsn", "")
            .foundBy(27, 61),
        Mutant.of(
                "CaughtUpAfterCommit",
                INCOMING,
                "staging.endLsn <= commitLsn",
                "staging.endLsn != Long.MAX_VALUE")
            .foundBy(8, 12),
        Mutant.of(
                "ServeAtVersion",
                ROUTING,
                "own.get().id() == owner;",
                "(own.get().id() == owner || topology.moves().stream().anyMatch(m ->"
                    + " m.to() == own.get().id() && m.slots().contains(ITS)));")
            .and(
                ROUTING,
                "int owner = owners.ownerOf(slot);",
                "int owner = owners.ownerOf(slot); final int ITS = slot;")
            .foundBy(8, 12),
        Mutant.of(
                "StagingTagged",
                "node:lane/IncomingMoveLink",
                "&& !moves.accepts(moveId, attempt).isEmpty()",
                "")
            .foundBy(63, 98),
        Mutant.of(
                "CaughtUpTagged",
                OUTGOING,
                "&& outgoing.attempt == event.attempt() // M: CaughtUpTagged",
                "")
            .and("node:lane/MoveTraffic", "sender.close();", "")
            .foundBy(44, 118),
        Mutant.of(
                "MoveKnownMeansNewer",
                OUTGOING,
                "(outgoing.phase == Phase.COPYING || outgoing.phase == Phase.CAUGHT_UP)",
                "true")
            .foundBy(388),
        Mutant.of(
                "GuardEpochs",
                CHANGE,
                "return asPlanned ? Optional.of(topology.withCommitted(List.of(move)))"
                    + " : Optional.empty();",
                "return Optional.of(topology.withCommitted(List.of(move)));")
            .and(
                OUTGOING,
                "if (!isDue(event, outgoing.move)) {",
                "if (event.topology().slots().ownerOf(outgoing.move.slots().iterator().nextInt())"
                    + " != outgoing.move.from()) {")
            .foundBy(20, 3),
        Mutant.of(
                "StagingsAreKept",
                SLOTS,
                "kept = move.to() == shard ? kept.union(move.slots()) : kept;",
                "")
            .foundBy(12, 13));
  }

  /** Between the machines. */
  private static List<Mutant> glue() {
    return List.of(
        Mutant.of(
                "StepDownCutsOff",
                LANE,
                "clients.waiting().cutOff();",
                "clients.waiting().committed(log.end());")
            .foundBy(4),
        Mutant.of(
                "RepliesWait",
                CLIENTS,
                "machine.role() == NodeRole.MASTER && !isAsync() ? machine.commitLsn() : Long.MAX_VALUE",
                "Long.MAX_VALUE")
            .foundBy(2, 3),
        Mutant.of(
                "NoLeaseIsNoLease",
                "node:lane/LaneServing",
                "machine.servesUntil() > now",
                "machine.servesUntil() - now > 0")
            .foundBy(36),
        Mutant.of("FirstReadsWait", LANE, "keyspace.presumeChanged();", "").foundBy(8, 13),
        Mutant.of("WinnerAppliesItsLog", LANE, "replication.applier().finish();", "").foundBy(2, 9),
        Mutant.of(
                "OnlyMastersBatchesAreExecuted",
                LANE,
                "isOpenMaster() && log.end() != knownLogEnd",
                "log.end() != knownLogEnd")
            .foundBy(1, 2),
        Mutant.of(
                "BrokenSnapshotIsNoState",
                REPLICATION,
                "if (link.isSnapshotting()) {",
                "if (false) {")
            .foundBy(99),
        Mutant.of(
                "LogTakesTheMastersHistory",
                MASTER_LINK,
                "LogHistory.of(resume.history())",
                "log.history()")
            .foundBy(2, 3),
        Mutant.of("SlotsThatLeftAreEmptied", SLOTS, "keyspace.clear(slot);", "").foundBy(3, 8));
  }
}
