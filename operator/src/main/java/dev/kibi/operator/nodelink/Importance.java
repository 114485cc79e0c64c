package dev.kibi.operator.nodelink;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a report that a plan depends on: reports that are equal here wake nobody, however
 * often they come. Positions, keys and memory are read when something else has woken the
 * reconciler.
 */
record Importance(
    NodeId node, NodeRole role, long epoch, boolean ready, boolean leaving, List<NodeId> suspects) {

  static Importance of(NodeReport report) {
    return new Importance(
        report.node(),
        report.role(),
        report.epoch(),
        report.ready(),
        report.leaving(),
        report.suspects());
  }

  /**
   * Whether a report says something new to the reconciler, which knows the given topology version.
   */
  static boolean isNews(@Nullable NodeReport before, NodeReport now, long knownVersion) {
    return before == null || !of(before).equals(of(now)) || now.version() > knownVersion;
  }
}
