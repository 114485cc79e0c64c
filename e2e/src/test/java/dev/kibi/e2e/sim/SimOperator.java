package dev.kibi.e2e.sim;

import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.operator.act.Outcome;
import dev.kibi.operator.act.TopologyWriter;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.ObservedPod;
import dev.kibi.operator.plan.ObservedSet;
import dev.kibi.operator.plan.Plan;
import dev.kibi.operator.plan.Planner;
import dev.kibi.operator.plan.Step;
import dev.kibi.operator.plan.Timers;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An operator: the real planner and the real writer of steps, with control links to the nodes of
 * all pods. One reconcile at a time, as in the real one; a write takes its time.
 */
final class SimOperator extends Program {

  private static final long RECHECK_UNKNOWN = 200 * Timeline.MS;
  private static final Timers TIMERS = Timers.scaled(1);

  private final Planner planner = new Planner(TIMERS);
  private final TopologyWriter writer;
  private final NavigableMap<String, ControlLink> links = new TreeMap<>();
  private @Nullable Topology newest;
  private boolean woken;
  private boolean writing;

  SimOperator(Simulation world, String name, int host) {
    super(world, name, host);
    this.writer = new TopologyWriter(world.authority().facing(this));
    world
        .authority()
        .watch(
            this,
            topology -> {
              learn(topology);
              wake();
            });
    wake();
  }

  /** A new plan is needed. */
  void wake() {
    wakeAfter(Timeline.MS / 2);
  }

  /** Asks a shard's master to hand it over, if there is a link to it. */
  void switchOver(Shard shard, NodeId to) {
    NodeId master = shard.master();
    ControlLink link = master == null ? null : links.get(master.podUid());
    if (link != null) {
      deliver(() -> link.send(new Frame.Switchover(shard.id(), shard.epoch(), to)));
    }
  }

  private void wakeAfter(long nanos) {
    if (!woken || nanos > Timeline.MS) {
      woken |= nanos <= Timeline.MS;
      world.timeline().at(time() + nanos, () -> deliver(this::reconcile));
    }
  }

  long newestVersion() {
    return newest == null ? 0 : newest.version();
  }

  @Nullable Topology newest() {
    return newest;
  }

  @Override
  void kill() {
    super.kill();
    links.clear();
  }

  @Override
  void dieInside() {
    kill();
  }

  @Override
  void stepped() {}

  private void learn(Topology topology) {
    if (topology.version() > newestVersion()) {
      newest = topology;
    }
    links.values().forEach(link -> link.push(newest));
  }

  private void reconcile() {
    woken = false;
    if (writing) {
      return;
    }
    syncLinks();
    boolean open = settle();
    ObservedCluster observed = observe();
    Plan plan = planner.plan(world.goal(), observed, time());
    plan.recheckNanos().ifPresent(this::wakeAfter);
    Optional<Step> step = plan.step();
    if (step.isPresent() && !open) {
      writing = true;
      long takes = Timeline.MS + world.random().nextLong(10 * Timeline.MS);
      world.timeline().at(time() + takes, () -> deliver(() -> write(step.get())));
    }
  }

  private boolean settle() {
    Optional<TopologyWriter.Settled> settled = writer.settle(newestVersion());
    settled.ifPresent(s -> conclude(s.outcome()));
    return settled.filter(s -> s.outcome() instanceof Outcome.Unknown).isPresent();
  }

  private void write(Step step) {
    tell(() -> step.action().kind() + ": " + step.message());
    conclude(writer.write(step));
    writing = false;
  }

  private void conclude(Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> learn(done.topology());
      case Outcome.Overtaken overtaken -> learn(overtaken.current());
      case Outcome.Refused _, Outcome.Unknown _ -> {}
    }
    if (outcome instanceof Outcome.Unknown) {
      wakeAfter(RECHECK_UNKNOWN);
    } else {
      wake();
    }
  }

  private void syncLinks() {
    List<String> gone = new ArrayList<>(links.keySet());
    for (Pod pod : world.pods()) {
      if (!gone.remove(pod.uid())) {
        links.put(pod.uid(), new ControlLink(this, pod.uid(), pod.address()));
      }
    }
    gone.forEach(uid -> {
      ControlLink link = links.remove(uid);
      if (link != null) {
        link.close();
      }
    });
  }

  private List<ObservedSet> sets() {
    return IntStream.range(0, world.goal().shards())
        .mapToObj(shard -> new ObservedSet(shard, world.goal().replicas() + 1, "1"))
        .toList();
  }

  private ObservedCluster observe() {
    List<ObservedPod> pods = new ArrayList<>();
    for (Pod pod : world.pods()) {
      ControlLink link = links.get(pod.uid());
      if (link != null) {
        pods.add(link.observed(pod));
      }
    }
    ObservedCluster seen = new ObservedCluster(newest, pods, sets());
    if (seen.highestReportedVersion() > newestVersion()) {
      try {
        writer.read().ifPresent(this::learn);
      } catch (AuthorityUnavailableException e) {
        tell(() -> "cannot read the topology");
        wakeAfter(RECHECK_UNKNOWN);
      }
    }
    return new ObservedCluster(newest, pods, sets());
  }
}
