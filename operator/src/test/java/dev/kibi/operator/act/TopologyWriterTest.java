package dev.kibi.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.operator.plan.Action;
import dev.kibi.operator.plan.Reason;
import dev.kibi.operator.plan.Step;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TopologyWriterTest {

  /** An authority that may apply a request and not say so, or neither. */
  private static final class Faulty implements Authority {
    final InMemoryAuthority stored = new InMemoryAuthority();
    final List<String> opIds = new ArrayList<>();
    boolean losesAnswers;
    boolean losesRequests;

    @Override
    public Optional<StoredTopology> get() {
      return stored.get();
    }

    @Override
    public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
      opIds.add(opId);
      if (losesRequests) {
        throw new AuthorityUnavailableException("timed out");
      }
      CasOutcome outcome = stored.compareAndSet(expectedVersion, next, opId);
      if (losesAnswers) {
        throw new AuthorityUnavailableException("timed out");
      }
      return outcome;
    }

    @Override
    public TopologyWatch watch(Consumer<Topology> onTopology) {
      return stored.watch(onTopology);
    }
  }

  private final Faulty authority = new Faulty();
  private final TopologyWriter writer = new TopologyWriter(authority);

  @Test
  void a_step_is_stored_and_nothing_stays_open() {
    assertThat(writer.write(bootstrap())).isInstanceOf(Outcome.Done.class);
    assertThat(writer.settle(1)).isEmpty();
    assertThat(authority.stored.get().orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void a_request_without_an_answer_is_sent_again_as_it_was_until_its_outcome_is_known() {
    authority.losesRequests = true;
    assertThat(writer.write(bootstrap())).isInstanceOf(Outcome.Unknown.class);
    assertThat(writer.settle(0).orElseThrow().outcome()).isInstanceOf(Outcome.Unknown.class);

    authority.losesRequests = false;

    assertThat(writer.settle(0).orElseThrow().outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(authority.opIds).hasSize(3).containsOnly(authority.opIds.getFirst());
    assertThat(writer.settle(1)).isEmpty();
  }

  @Test
  void a_request_that_was_applied_unheard_counts_as_done_and_is_applied_once() {
    authority.losesAnswers = true;
    writer.write(bootstrap());
    authority.losesAnswers = false;

    assertThat(writer.settle(0).orElseThrow().outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(authority.stored.get().orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void seeing_the_expected_version_again_proves_nothing_and_a_newer_one_ends_the_wait() {
    writer.write(bootstrap());
    Step durable =
        step(authority.stored.get().orElseThrow().topology().withDurability(Durability.ASYNC));
    authority.losesRequests = true;
    writer.write(durable);

    assertThat(writer.settle(1)).isPresent();
    assertThat(writer.settle(2)).isEmpty();
    assertThat(writer.settle(1)).isEmpty();
  }

  @Test
  void an_overtaken_step_tells_what_is_stored() {
    writer.write(bootstrap());

    Outcome outcome = writer.write(bootstrap());

    assertThat(outcome)
        .isEqualTo(new Outcome.Overtaken(authority.stored.get().orElseThrow().topology()));
  }

  private static Step bootstrap() {
    NodeId node = NodeId.parse("pod/1");
    return step(Topology.ofOneNode("uid", new NodeInfo(node, "shop-0-0", "", "127.0.0.1"), 0));
  }

  private static Step step(Topology next) {
    return new Step(new Action.Bootstrap(1), Reason.BOOTSTRAP, "test", next);
  }
}
