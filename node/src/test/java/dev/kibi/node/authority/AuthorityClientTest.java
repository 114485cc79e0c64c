package dev.kibi.node.authority;

import static org.awaitility.Awaitility.await;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.node.shard.TopologyWriter;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AuthorityClientTest {
  private static final NodeId NODE = new NodeId("pod-uid", "1");

  private final Faulty authority = new Faulty();
  private final AuthorityClient client = new AuthorityClient(authority, Runnable::run);

  @Test
  void aRequestThatFailsInAWayNobodyForesawIsSentAgain() {
    client.send(new TopologyWriter.Request(0, topology(), "a#1", List.of()));
    await().until(() -> authority.stored.get().isPresent());
  }

  @Test
  void aReadThatFailsInAWayNobodyForesawDoesNotKeepTheNextFromBeingMade() {
    client.refresh();
    await()
        .until(() -> {
          client.refresh();
          return authority.reads.get() > 1;
        });
  }

  private static Topology topology() {
    return Topology.ofOneNode("uid", new NodeInfo(NODE, "shop-0-0", "", "127.0.0.1"), 0);
  }

  /** Fails the first call of each kind. */
  private static final class Faulty implements Authority {
    private final Authority stored = new InMemoryAuthority();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    @Override
    public Optional<StoredTopology> get() {
      if (reads.incrementAndGet() == 1) {
        throw new IllegalStateException("a read nobody foresaw to fail");
      }
      return stored.get();
    }

    @Override
    public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
      if (writes.incrementAndGet() == 1) {
        throw new IllegalStateException("a write nobody foresaw to fail");
      }
      return stored.compareAndSet(expectedVersion, next, opId);
    }

    @Override
    public TopologyWatch watch(Consumer<Topology> onTopology) {
      return stored.watch(onTopology);
    }
  }
}
