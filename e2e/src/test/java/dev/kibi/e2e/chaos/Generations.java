package dev.kibi.e2e.chaos;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a topology as they come, and which of them opened a shard with a copy that could
 * not be elected: a new generation, which is right only if everybody who could was dead.
 */
final class Generations {
  /** A shard before a new generation began, and its master in it. */
  private record Reopened(Shard before, NodeId master) {}

  private final List<Reopened> reopened = new ArrayList<>();
  private @Nullable Topology last;

  /** Takes the next version; one that is known already is passed over. */
  synchronized void saw(Topology next) {
    Topology before = last;
    if (before != null && next.version() <= before.version()) {
      return;
    }
    if (before != null && next.generation() > before.generation()) {
      before.shards().forEach(shard -> note(shard, next));
    }
    last = next;
  }

  private void note(Shard before, Topology next) {
    NodeId master = next.shard(before.id()).map(Shard::master).orElse(null);
    if (master != null && !before.isPromotable(master)) {
      reopened.add(new Reopened(before, master));
    }
  }

  /**
   * What new generations have done.
   *
   * @param reopened the shards that were opened anew: what they had acknowledged is gone
   * @param unjustified those of them that were opened anew while a copy lived that could have been
   *     elected, as it is not among those who had been killed
   */
  record Verdict(Set<Integer> reopened, List<String> unjustified) {}

  /** Of those since this was asked last, when these nodes had been killed. */
  synchronized Verdict verdict(Set<NodeId> killed) {
    Set<Integer> shards = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (Reopened shard : reopened) {
      shards.add(shard.before().id());
      List<NodeId> alive =
          Stream.concat(shard.before().inSync().stream(), shard.before().electable().stream())
              .filter(node -> !killed.contains(node))
              .toList();
      if (!alive.isEmpty()) {
        wrong.add(
            "%s was made master anew (expected: one of %s, who could be elected and was not killed)"
                .formatted(shard.master(), alive));
      }
    }
    reopened.clear();
    return new Verdict(shards, wrong);
  }
}
