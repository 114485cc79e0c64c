package dev.kibi.e2e.sim;

import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All laws, told of everything. */
final class Laws {

  private final List<Law> laws;

  Laws(Simulation world) {
    laws =
        List.of(
            new TopologyLaws.VersionsRise(), // 1
            new TopologyLaws.OneMasterPerEpoch(), // 2
            new LogLaws.AcknowledgedIsOnEveryCopy(world), // 3
            new TopologyLaws.OnlyPromotableLead(world), // 4
            new TopologyLaws.ElectableOnlyIfRequired(), // 4
            new LogLaws.OnlyCommittedIsApplied(), // 5
            new LogLaws.NothingCommitsWithoutCopies(), // 5
            new ActionLaws.OldEpochsAreFenced(), // 6
            new ActionLaws.FreshProcessesHaveNoAuthority(), // 7
            new ActionLaws.OnlyOwnersExecute(), // 8
            new MoveLaw(world), // 9
            new TopologyLaws.EverySlotHasOneOwner(), // 10
            new ActionLaws.OlderLeasesAreOver(world), // 11
            new ActionLaws.LeasesDoNotOverlap(), // 11
            new LogLaws.HandoverLosesNothing(world), // 11
            new LogLaws.OnlyCommittedIsExposed(), // 5
            new LogLaws.WhatIsShownIsNotCut(), // 12
            new LogLaws.FollowersHoldPrefixes(world)); // 12
  }

  void stored(@Nullable Topology before, Topology next) {
    laws.forEach(law -> law.stored(before, next));
  }

  void stepped(NodeLife node) {
    Witness witness = node.witness();
    witness.noteCopy(node);
    for (Law law : laws) {
      law.stepped(node);
    }
    Topology installed = node.installed();
    witness.note(
        node,
        installed == null ? 0 : installed.version(),
        node.installedShard().map(Shard::epoch).orElse(0L));
  }

  void received(Program program, Frame frame) {
    if (program instanceof NodeLife node) {
      if (frame instanceof Frame.SnapshotBegin begin) {
        node.witness().snapshotBegins(begin.lsn());
      } else if (frame instanceof Frame.SnapshotEnd) {
        node.witness().snapshotEnds();
      } else if (frame instanceof Frame.MoveEnd end) {
        node.witness().staged(end.moveId(), node.log().end());
      } else if (frame instanceof Frame.Resume) {
        node.witness().resumes = true;
      }
    }
  }

  void sent(Program program, Frame frame) {
    if (program instanceof NodeLife node) {
      laws.forEach(law -> law.sent(node, frame));
    }
  }

  void executed(NodeLife node, Op op, long checkedAt) {
    laws.forEach(law -> law.executed(node, op, checkedAt));
  }

  void died(NodeLife node, long at) {
    laws.forEach(law -> law.died(node, at));
  }

  void answered(NodeLife node, Op op, long lsn, String reply) {
    if (!reply.startsWith("-")) {
      laws.forEach(law -> law.answered(node, op, lsn));
    }
  }
}
