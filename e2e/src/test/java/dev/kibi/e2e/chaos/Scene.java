package dev.kibi.e2e.chaos;

import dev.kibi.e2e.process.LocalCluster;
import dev.kibi.e2e.process.NodeProcess;
import dev.kibi.e2e.process.Signal;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * One incident on one cluster: who is who as it begins, and the means to harm them. What it stops
 * goes on again when its time is over, and at the latest when it is closed.
 */
final class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration RESTART = Duration.ofSeconds(5);

  /** A part of an incident. */
  @FunctionalInterface
  private interface Step {
    void take() throws IOException, InterruptedException;
  }

  private final Incident incident;
  private final Topology topology;
  private final LocalCluster cluster;
  private final Network network;
  private final Optional<Clocks> clocks;
  private final Map<NodeId, ProcessHandle> processes;
  private final Set<NodeId> killed = ConcurrentHashMap.newKeySet();
  private final ProcessHandle operator;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<ScheduledFuture<?>> pending = new ArrayList<>();
  private final List<Step> remedies = new CopyOnWriteArrayList<>();

  /** On a cluster at rest, whose topology is given. */
  Scene(
      Incident incident,
      Topology topology,
      LocalCluster cluster,
      Network network,
      Optional<Clocks> clocks) {
    this.incident = incident;
    this.topology = topology;
    this.cluster = cluster;
    this.network = network;
    this.clocks = clocks;
    this.processes =
        topology.nodes().stream().collect(Collectors.toMap(NodeInfo::id, NodeProcess::of));
    this.operator = // It may have been killed just before.
        Awaitility.await()
            .atMost(PATIENCE)
            .until(cluster::operator, Optional::isPresent)
            .orElseThrow();
  }

  Incident incident() {
    return incident;
  }

  Network network() {
    return network;
  }

  NodeInfo master() {
    return node(Objects.requireNonNull(shard().master()));
  }

  NodeInfo replica() {
    return replicas().get(incident.replica());
  }

  List<NodeInfo> replicas() {
    return shard().inSync().stream()
        .filter(node -> !node.equals(shard().master()))
        .map(this::node)
        .toList();
  }

  private Shard shard() {
    return topology.shard(incident.shard()).orElseThrow();
  }

  private NodeInfo node(NodeId id) {
    return topology.node(id).orElseThrow();
  }

  ProcessHandle process(NodeInfo node) {
    return Objects.requireNonNull(processes.get(node.id()));
  }

  ProcessHandle operator() {
    return operator;
  }

  ProcessHandle apiServer() {
    return cluster.daemon();
  }

  void kill(NodeInfo node) {
    kill(node.id());
  }

  void killAll() {
    processes.keySet().forEach(this::kill);
  }

  private void kill(NodeId node) {
    killed.add(node);
    Objects.requireNonNull(processes.get(node)).destroyForcibly();
  }

  /** Who was killed so far. */
  Set<NodeId> killed() {
    return killed;
  }

  void killOperator() {
    operator.destroyForcibly();
  }

  /** SIGSTOP, and SIGCONT when the incident's time is over. */
  void pause(ProcessHandle process) {
    pause(process, incident.length());
  }

  /** The same, and longer by what a process takes to be there again. */
  void pauseWhileAPodRestarts(ProcessHandle process) {
    pause(process, incident.length().plus(RESTART));
  }

  private void pause(ProcessHandle process, Duration length) {
    during(length, () -> Signal.STOP.send(process), () -> Signal.CONT.send(process));
  }

  /** These packets are lost until the incident's time is over. */
  void cut(Cut cut) {
    during(incident.length(), () -> network.begin(cut), network::heal);
  }

  /** The clock of this program is wrong until the incident's time is over. */
  void stepClock(String program) {
    Clocks present = clocks.orElseThrow();
    during(
        incident.length(),
        () -> present.set(program, incident.clockStep()),
        () -> present.set(program, Duration.ZERO));
  }

  private void during(Duration length, Step harm, Step remedy) {
    remedies.add(remedy);
    run(harm);
    later(length, () -> run(remedy));
  }

  /** Does something when this time has passed. */
  void later(Duration delay, Runnable action) {
    pending.add(clock.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Returns when nothing more will happen. */
  void awaitEnd() throws InterruptedException, ExecutionException {
    for (ScheduledFuture<?> action : pending) {
      action.get();
    }
  }

  private static void run(Step step) {
    try {
      step.take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Undoes what can be undone; to do so twice does no harm. */
  @Override
  public void close() {
    clock.shutdownNow();
    remedies.forEach(Scene::run);
  }
}
