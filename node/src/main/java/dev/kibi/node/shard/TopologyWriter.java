package dev.kibi.node.shard;

import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the changes a node wants into the topology, one compare-and-set at a time (protocol.md
 * section 1, "CAS outcome").
 *
 * <pre>
 * state     | event                                   | effect                | next
 * ----------+-----------------------------------------+-----------------------+----------
 * IDLE      | changes wanted whose guards hold        | send the request      | OPEN
 * OPEN      | version &gt; expected installed          | -                     | IDLE
 * OPEN      | no answer, or a conflict without news   | send the same again   | OPEN
 * </pre>
 *
 * Seeing the expected version again proves nothing: the request may still be under way (M:
 * KnownMeansNewer). So a request stays open until a newer version is known, and what happened is
 * read from the content of that version.
 */
public final class TopologyWriter {

  /** A request to replace version {@code expectedVersion} by {@code next}. */
  public record Request(
      long expectedVersion, Topology next, String opId, List<TopologyChange> changes) {
    public Request {
      changes = List.copyOf(changes);
    }
  }

  private @Nullable Request open;

  /** The request whose outcome is not known, if there is one. */
  public Optional<Request> open() {
    return Optional.ofNullable(open);
  }

  /**
   * Opens a request for all wanted changes whose guards hold in {@code installed}, unless one is
   * open.
   */
  public Optional<Request> request(Topology installed, List<TopologyChange> wanted, String opId) {
    if (open != null) {
      return Optional.empty();
    }
    Topology next = installed;
    List<TopologyChange> made = new ArrayList<>();
    for (TopologyChange change : wanted) {
      Optional<Topology> changed = change.applyTo(next);
      if (changed.isPresent()) {
        next = changed.get();
        made.add(change);
      }
    }
    if (made.isEmpty()) {
      return Optional.empty();
    }
    open = new Request(installed.version(), next.atVersion(installed.version() + 1), opId, made);
    return Optional.of(open);
  }

  /**
   * The authority will never store this request, because it breaks a rule: as if it had not been
   * made.
   */
  public void refused(Request request) {
    if (request.equals(open)) {
      open = null;
    }
  }

  /** A topology has been installed: a request it is newer than is settled, one way or the other. */
  public void installed(Topology topology) {
    if (open != null && topology.version() > open.expectedVersion()) {
      open = null;
    }
  }
}
