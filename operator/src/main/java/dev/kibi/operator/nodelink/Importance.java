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
public record Importance(
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
   * That a node which is no member has caught up with that version is news: only then it proves
   * that the member which ran in its pod is dead.
   */
  public static boolean isNews(@Nullable NodeReport before, NodeReport now, long knownVersion) {
    return before == null
        || !of(before).equals(of(now))
        || now.version() > knownVersion
        || (now.epoch() == 0 && before.version() < knownVersion && now.version() == knownVersion);
  }
}
