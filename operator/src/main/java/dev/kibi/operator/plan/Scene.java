package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Topology;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What every planner looks at: the goal, what is seen, the topology as it is, and who lives. */
record Scene(Goal goal, ObservedCluster observed, Topology topology, Liveness liveness) {

  /** The shards the spec asks for. */
  TreeSet<Integer> wantedShards() {
    return IntStream.range(0, goal.shards())
        .boxed()
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  /** The shards the topology has. */
  TreeSet<Integer> presentShards() {
    TreeSet<Integer> ids = new TreeSet<>();
    topology.shards().forEach(shard -> ids.add(shard.id()));
    return ids;
  }

  /** Shards that are to be emptied. */
  TreeSet<Integer> leavingShards() {
    return minus(presentShards(), wantedShards());
  }

  /** Shards that are not in the topology yet. */
  TreeSet<Integer> missingShards() {
    return minus(wantedShards(), presentShards());
  }

  private static TreeSet<Integer> minus(TreeSet<Integer> from, Set<Integer> gone) {
    TreeSet<Integer> rest = new TreeSet<>(from);
    rest.removeAll(gone);
    return rest;
  }
}
