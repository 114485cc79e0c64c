package dev.kibi.crds.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.crds.Samples;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAuthorityTest extends AuthorityContract {

  private final InMemoryAuthority authority = new InMemoryAuthority();

  @Override
  Authority authority() {
    return authority;
  }

  @Test
  void aWatcherMayWriteAndAllWatchersSeeTheVersionsInOrder() {
    List<Long> writer = new ArrayList<>();
    List<Long> reader = new ArrayList<>();
    authority.watch(seen -> {
      writer.add(seen.version());
      if (seen.version() < 3) {
        authority.compareAndSet(seen.version(), Samples.next(seen), "op-" + seen.version());
      }
    });
    authority.watch(seen -> reader.add(seen.version()));
    authority.compareAndSet(0, Samples.twoShards(), "op-0");
    assertThat(writer).containsExactly(1L, 2L, 3L);
    assertThat(reader).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aWatcherThatThrowsDoesNotSilenceTheNextVersion() {
    List<Long> seen = new ArrayList<>();
    Topology first = Samples.twoShards();
    authority.watch(topology -> {
      seen.add(topology.version());
      throw new IllegalStateException("watcher");
    });
    assertThatThrownBy(() -> authority.compareAndSet(0, first, "op-1")).hasMessage("watcher");
    assertThatThrownBy(() -> authority.compareAndSet(1, Samples.next(first), "op-2"))
        .hasMessage("watcher");
    assertThat(seen).containsExactly(1L, 2L);
  }
}
