package dev.kibi.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TimedAuthorityTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void aCompareAndSetIsTimedByItsOutcome() {
    Authority authority = new TimedAuthority(new InMemoryAuthority(), registry);
    Topology first = topology();
    assertThat(authority.compareAndSet(0, first, "a#1")).isInstanceOf(CasOutcome.Applied.class);
    assertThat(authority.compareAndSet(0, first, "b#1")).isInstanceOf(CasOutcome.Conflict.class);
    assertThat(count("applied")).isEqualTo(1);
    assertThat(count("conflict")).isEqualTo(1);
    assertThat(authority.get()).map(StoredTopology::topology).contains(first);
  }

  @Test
  void aCompareAndSetWithoutAnAnswerIsTimedToo() {
    Authority authority = new TimedAuthority(new Away(), registry);
    assertThatThrownBy(() -> authority.compareAndSet(0, topology(), "a#1"))
        .isInstanceOf(AuthorityUnavailableException.class);
    assertThat(count("unavailable")).isEqualTo(1);
  }

  private long count(String outcome) {
    return registry.get("kibi.topology.cas").tag("outcome", outcome).timer().count();
  }

  private static Topology topology() {
    NodeId node = new NodeId("pod-uid", "1");
    return Topology.ofOneNode("uid", new NodeInfo(node, "shop-0-0", "", "127.0.0.1"), 0);
  }

  private static final class Away implements Authority {
    @Override
    public Optional<StoredTopology> get() {
      throw new AuthorityUnavailableException("away");
    }

    @Override
    public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
      throw new AuthorityUnavailableException("away");
    }

    @Override
    public TopologyWatch watch(Consumer<Topology> onTopology) {
      throw new AuthorityUnavailableException("away");
    }
  }
}
