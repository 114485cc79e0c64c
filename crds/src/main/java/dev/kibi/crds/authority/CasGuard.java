package dev.kibi.crds.authority;

import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.topology.TopologyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a compare-and-set comes to, as far as what is stored now decides it. */
final class CasGuard {

  private CasGuard() {}

  /** The outcome, or empty when {@code next} may be stored in place of {@code current}. */
  static Optional<CasOutcome> decide(
      @Nullable StoredTopology current, long expectedVersion, Topology next, String opId) {
    long version = current == null ? 0 : current.version();
    if (version < expectedVersion) {
      // Deleted, or a backup was restored: people decide what is true now, no program does.
      throw new AuthorityUnavailableException(
          "topology: version "
              + version
              + " is stored (expected: at least "
              + expectedVersion
              + ")");
    }
    if (current != null && current.isLeftBy(opId, expectedVersion)) {
      return Optional.of(new CasOutcome.Applied(current));
    }
    if (current != null && version > expectedVersion) {
      return Optional.of(new CasOutcome.Conflict(current));
    }
    List<String> broken =
        new ArrayList<>(TopologyRules.check(current == null ? null : current.topology(), next));
    if (next.version() != expectedVersion + 1) {
      broken.add("version: " + next.version() + " (expected: " + (expectedVersion + 1) + ")");
    }
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(new CasOutcome.Refused(String.join("; ", broken)));
  }
}
