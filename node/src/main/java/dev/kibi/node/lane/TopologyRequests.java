package dev.kibi.node.lane;

import dev.kibi.node.shard.TopologyChange;
import dev.kibi.node.shard.TopologyWriter;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Optional;

/** The lane's one open request to change the topology, and the ids it gives them. */
final class TopologyRequests {

  private final TopologyWriter writer = new TopologyWriter();
  private final AuthorityPort authority;
  private final String opIdPrefix;
  private long lastOp;

  TopologyRequests(AuthorityPort authority, NodeIdentity self) {
    this.authority = authority;
    this.opIdPrefix = self.id() + "#";
  }

  /**
   * Sends what is wanted unless a request is open, and returns the changes that are on their way
   * now.
   */
  List<TopologyChange> request(Topology installed, List<TopologyChange> wanted) {
    if (wanted.isEmpty() || writer.open().isPresent()) {
      return List.of();
    }
    Optional<TopologyWriter.Request> request =
        writer.request(installed, wanted, opIdPrefix + (lastOp + 1));
    request.ifPresent(r -> {
      lastOp++;
      authority.send(r);
    });
    return request.map(TopologyWriter.Request::changes).orElse(List.of());
  }

  void installed(Topology topology) {
    boolean wasOpen = writer.open().isPresent();
    writer.installed(topology);
    if (wasOpen && writer.open().isEmpty()) {
      authority.settled();
    }
  }

  void refused(TopologyWriter.Request request) {
    writer.refused(request);
  }

  void refresh() {
    authority.refresh();
  }
}
