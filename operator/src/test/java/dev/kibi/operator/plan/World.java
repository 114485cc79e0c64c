package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.topology.TopologyRules;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cluster without processes: pods whose nodes answer as told, masters that take learners in and
 * commit moves when told, and a topology that only legal steps may change.
 */
final class World {
  static final String UID = "cluster-uid";
  static final Timers TIMERS = Timers.scaled(1);

  final Planner planner = new Planner(TIMERS);
  final Map<String, FakePod> pods = new LinkedHashMap<>();
  Goal goal;
  @Nullable Topology topology;
  long now = 1_000_000_000L;

  /** The present pod template of all StatefulSets. */
  String revision = "first";

  /** Templates of which no pod ever starts. */
  final Set<String> badRevisions = new TreeSet<>();

  /** How many pods the StatefulSets are told to have, by shard. */
  final Map<Integer, Integer> podsByShard = new TreeMap<>();

  private int uids;

  World(int shards, int replicas) {
    goal = new Goal(UID, shards, replicas, Durability.PREFERRED, 4, false, false);
    startPodsOfSpec();
  }

  /** A cluster that has been up for a while: bootstrapped, every replica in sync. */
  static World running(int shards, int replicas) {
    World world = new World(shards, replicas);
    world.settle();
    return world;
  }

  static final class FakePod {
    final String name;
    final int shard;
    String uid;
    int life = 1;
    Contact contact = Contact.OPEN;
    boolean leaving;
    boolean running = true;
    boolean isUnready;
    boolean masterRequested;
    boolean learnsForEver;
    String revision = "";
    String machine = "";
    long silentForNanos;
    long versionsBehind;
    long lsn = 100;
    long usedBytes = 10;
    long maxBytes = 1_000_000;
    List<NodeId> suspects = List.of();

    FakePod(String name, String uid, int shard) {
      this.name = name;
      this.uid = uid;
      this.shard = shard;
    }

    void heal() {
      contact = Contact.OPEN;
      leaving = false;
      silentForNanos = 0;
      suspects = List.of();
    }

    NodeId node() {
      return new NodeId(uid, "life" + life);
    }
  }

  FakePod pod(String name) {
    return Optional.ofNullable(pods.get(name)).orElseThrow();
  }

  FakePod masterPod(int shard) {
    NodeId master = Optional.ofNullable(shard(shard).master()).orElseThrow();
    return pods.values().stream()
        .filter(pod -> pod.node().equals(master))
        .findFirst()
        .orElseThrow();
  }

  Shard shard(int id) {
    return topology().shard(id).orElseThrow();
  }

  Topology topology() {
    return Optional.ofNullable(topology).orElseThrow();
  }

  void startPodsOfSpec() {
    for (int shard = 0; shard < goal.shards(); shard++) {
      for (int ordinal = 0; ordinal <= goal.replicas(); ordinal++) {
        startPod(shard, ordinal);
      }
    }
  }

  void startPod(int shard, int ordinal) {
    String name = "shop-" + shard + "-" + ordinal;
    podsByShard.merge(shard, ordinal + 1, Math::max);
    pods.computeIfAbsent(name, n -> newPod(n, shard));
  }

  /** What a StatefulSet does with a deleted pod: another one of the same name. */
  void replacePod(String name) {
    int shard = pod(name).shard;
    pods.put(name, newPod(name, shard));
  }

  private FakePod newPod(String name, int shard) {
    FakePod pod = new FakePod(name, "uid" + ++uids, shard);
    pod.revision = revision;
    if (badRevisions.contains(revision)) {
      pod.running = false;
      pod.contact = Contact.NONE;
    }
    return pod;
  }

  /** What StatefulSets do when they are told another number of pods. */
  void followCounts(Map<Integer, Integer> counts) {
    counts.forEach((shard, count) -> {
      podsByShard.put(shard, count);
      for (int ordinal = 0; ordinal < count; ordinal++) {
        startPod(shard, ordinal);
      }
      pods.values()
          .removeIf(pod ->
              pod.shard == shard
                  && Integer.parseInt(pod.name.substring(pod.name.lastIndexOf('-') + 1)) >= count);
    });
  }

  /** Does what is planned to a pod: its StatefulSet makes another, or its master hands over. */
  Optional<Disruption> disrupt() {
    Optional<Disruption> disruption = plan().disruption();
    disruption.ifPresent(planned -> {
      switch (planned) {
        case Disruption.DeletePod delete -> {
          assertThat(pod(delete.pod()).uid).isEqualTo(delete.uid());
          replacePod(delete.pod());
        }
        case Disruption.Switchover order -> handOver(order);
      }
    });
    return disruption;
  }

  private void handOver(Disruption.Switchover order) {
    Shard shard = shard(order.shard());
    assertThat(shard.epoch()).isEqualTo(order.epoch());
    assertThat(shard.master()).isEqualTo(order.from());
    Topology next =
        topology()
            .withShard(
                order.shard(),
                s ->
                    new Shard(
                        s.id(),
                        s.epoch() + 1,
                        order.to(),
                        true,
                        s.inSync(),
                        s.electable(),
                        s.learners()));
    assertThat(TopologyRules.check(topology(), next)).isEmpty();
    topology = next;
  }

  /** As if the present master had got the shard in a switchover. */
  void markHandedOver(int shard) {
    topology =
        topology()
            .withShard(
                shard,
                s ->
                    new Shard(
                        s.id(),
                        s.epoch(),
                        s.master(),
                        true,
                        s.inSync(),
                        s.electable(),
                        s.learners()));
  }

  void scale(int shards) {
    goal =
        new Goal(
            UID,
            shards,
            goal.replicas(),
            goal.durability(),
            goal.maxConcurrentMoves(),
            false,
            false);
    startPodsOfSpec();
  }

  void withReplicas(int replicas) {
    goal =
        new Goal(
            UID,
            goal.shards(),
            replicas,
            goal.durability(),
            goal.maxConcurrentMoves(),
            false,
            false);
  }

  void with(Durability durability) {
    goal =
        new Goal(
            UID,
            goal.shards(),
            goal.replicas(),
            durability,
            goal.maxConcurrentMoves(),
            false,
            false);
  }

  void confirm(String recoveries) {
    goal =
        new Goal(
            UID,
            goal.shards(),
            goal.replicas(),
            goal.durability(),
            goal.maxConcurrentMoves(),
            false,
            false,
            recoveries);
  }

  Plan plan() {
    return planner.plan(goal, observed(), now);
  }

  /** The plan while no StatefulSet's controller has looked at the latest change. */
  Plan planBeforeKubernetesLooked() {
    ObservedCluster seen = observed();
    return planner.plan(
        goal,
        new ObservedCluster(
            seen.topology(),
            seen.pods(),
            seen.sets().stream()
                .map(set -> new ObservedSet(set.shard(), set.pods(), null))
                .toList()),
        now);
  }

  ObservedCluster observed() {
    return new ObservedCluster(
        topology,
        pods.values().stream().map(this::observed).toList(),
        podsByShard.entrySet().stream()
            .map(set -> new ObservedSet(set.getKey(), set.getValue(), revision))
            .toList());
  }

  private ObservedPod observed(FakePod pod) {
    return new ObservedPod(
        pod.name,
        pod.uid,
        pod.shard,
        new PodState(
            pod.machine,
            pod.revision,
            pod.running,
            pod.running && !pod.isUnready,
            pod.leaving,
            "",
            pod.masterRequested),
        pod.contact,
        pod.running ? report(pod) : null,
        now - pod.silentForNanos);
  }

  private NodeReport report(FakePod pod) {
    Optional<Shard> shard = Optional.ofNullable(topology).flatMap(t -> t.shardOf(pod.node()));
    NodeRole role =
        shard
            .map(s -> s.isMaster(pod.node()) ? NodeRole.MASTER : NodeRole.FOLLOWER)
            .orElse(NodeRole.JOINING);
    long version = topology == null ? 0 : topology.version() - pod.versionsBehind;
    long epoch = shard.map(Shard::epoch).orElse(0L);
    return new NodeReport(
        UID,
        pod.node(),
        pod.name,
        "",
        "127.0.0.1",
        pod.shard,
        role,
        version,
        epoch,
        epoch,
        pod.lsn,
        pod.lsn,
        true,
        false,
        pod.suspects,
        7,
        pod.usedBytes,
        pod.maxBytes);
  }

  /** Takes the planned step, which must be legal, and returns it; nothing when there is none. */
  Optional<Step> step() {
    Optional<Step> step = plan().step();
    step.ifPresent(taken -> {
      assertThat(TopologyRules.check(topology, taken.next())).as(taken.message()).isEmpty();
      topology = taken.next();
    });
    return step;
  }

  /**
   * Takes steps, syncs learners and commits moves until nothing is left to do; returns how many
   * slots moved.
   */
  int settle() {
    int moved = 0;
    for (int round = 0; round < 10_000; round++) {
      boolean stepped = step().isPresent();
      boolean synced = syncLearners();
      int committed = commitAll();
      moved += committed;
      removePodsOfGoneShards();
      if (!stepped && !synced && committed == 0) {
        return moved;
      }
    }
    throw new AssertionError("does not settle: " + plan());
  }

  /** What the masters do: learners whose pods answer become in-sync members. */
  boolean syncLearners() {
    if (topology == null) {
      return false;
    }
    boolean changed = false;
    for (Shard shard : topology.shards()) {
      List<NodeId> synced =
          shard.learners().stream()
              .filter(n ->
                  pods.values().stream()
                      .anyMatch(
                          p -> p.node().equals(n) && p.contact == Contact.OPEN && !p.learnsForEver))
              .toList();
      if (!synced.isEmpty()) {
        List<NodeId> inSync = new ArrayList<>(shard.inSync());
        inSync.addAll(synced);
        List<NodeId> learners = new ArrayList<>(shard.learners());
        learners.removeAll(synced);
        topology = topology().withShard(shard.id(), s -> s.withMembers(inSync, learners));
        changed = true;
      }
    }
    return changed;
  }

  int commitAll() {
    int committed = 0;
    while (topology != null && !topology.moves().isEmpty()) {
      committed += commit(topology.moves().getFirst());
    }
    return committed;
  }

  /** What a source master does at the end of a move. */
  int commit(SlotMove move) {
    Topology next = topology().withCommitted(List.of(move));
    assertThat(TopologyRules.check(topology, next)).isEmpty();
    topology = next;
    return move.slots().size();
  }

  private void removePodsOfGoneShards() {
    if (topology != null) {
      podsByShard.keySet().removeIf(s -> s >= goal.shards() && topology().shard(s).isEmpty());
      pods.values().removeIf(p -> p.shard >= goal.shards() && topology().shard(p.shard).isEmpty());
    }
  }

  void silence(FakePod pod, long ms) {
    pod.silentForNanos = TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
