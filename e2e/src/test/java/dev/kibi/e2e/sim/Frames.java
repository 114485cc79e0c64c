package dev.kibi.e2e.sim;

import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.stream.Collectors;

/** Frames and topologies in a few words, for the story of a seed. */
final class Frames {

  private Frames() {}

  static String describe(Frame frame) {
    return switch (frame) {
      case Frame.TopologyPush push -> "TopologyPush version " + push.topology().version();
      case Frame.Report report ->
          "Report "
              + report.report().role()
              + " epoch "
              + report.report().epoch()
              + " version "
              + report.report().version()
              + " lsn "
              + report.report().lsn();
      case Frame.Append append ->
          "Append epoch "
              + append.epoch()
              + " lsn "
              + append.lsn()
              + "+"
              + append.effects().remaining()
              + " commit "
              + append.commitLsn();
      case Frame.Ack ack -> "Ack epoch " + ack.epoch() + " lsn " + ack.lsn();
      default -> String.valueOf(frame);
    };
  }

  static String describe(Topology topology) {
    return "version "
        + topology.version()
        + " generation "
        + topology.generation()
        + topology.shards().stream().map(Frames::describe).collect(Collectors.joining())
        + (topology.moves().isEmpty() ? "" : " moves " + topology.moves());
  }

  private static String describe(Shard shard) {
    return "; shard "
        + shard.id()
        + " epoch "
        + shard.epoch()
        + " master "
        + shard.master()
        + (shard.handover() ? " by handover" : "")
        + " in sync "
        + shard.inSync()
        + (shard.electable().isEmpty() ? "" : " electable " + shard.electable())
        + (shard.learners().isEmpty() ? "" : " learners " + shard.learners());
  }
}
