package dev.kibi.local.kubelet;

import dev.kibi.local.process.ProcessLedger;
import dev.kibi.local.process.Program;
import dev.kibi.local.process.Supervisor;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the container of one pod as a process and reports its state as the pod's status. */
final class PodWorker implements Supervisor.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
  private static final int LIVENESS_TIMEOUT_SECONDS = 20;

  private final Pod pod;
  private final String podIp;
  private final Container container;
  private final SecretVolumes volumes;
  private final PodStatusWriter writer;
  private final Supervisor supervisor;
  private final Prober prober;
  private final Instant startTime = Instant.now();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private ContainerState state = ContainerState.CREATING;
  private PodStatus reported = new PodStatus();

  /** Throws {@link IllegalArgumentException} for a pod that cannot be run here. */
  PodWorker(
      Pod pod,
      String podIp,
      ContainerRuntime runtime,
      ProcessLedger ledger,
      SecretVolumes volumes,
      HttpClient probeClient,
      PodStatusWriter writer) {
    this.pod = pod;
    this.podIp = podIp;
    this.container = pod.getSpec().getContainers().getFirst();
    this.writer = writer;
    this.volumes = volumes;
    this.supervisor = new Supervisor(name(), program(runtime), ledger, this);
    this.prober = new Prober(probeClient, this::killUnhealthy);
    probe(container.getStartupProbe(), false);
    probe(container.getReadinessProbe(), false);
    probe(patient(container.getLivenessProbe()), true);
  }

  private Program program(ContainerRuntime runtime) {
    Map<String, String> environment = new LinkedHashMap<>(PodEnvironment.of(pod, container, podIp));
    // A path in a container is no path here: a variable that is one names where it really is.
    volumes
        .directories(pod)
        .forEach((path, directory) ->
            environment.replaceAll(
                (_, value) -> value.equals(path) ? directory.toString() : value));
    // A pod has an address to itself; here all share one machine, so a node must not bind to all.
    environment.put("KIBI_BIND", podIp);
    environment.put("KUBECONFIG", runtime.kubeconfig().toString());
    long memoryBytes = PodEnvironment.memoryBytes(container);
    return new Program(
        runtime.command(container, memoryBytes),
        environment,
        runtime.log(pod.getMetadata().getNamespace(), name()));
  }

  private String name() {
    return pod.getMetadata().getName();
  }

  String podIp() {
    return podIp;
  }

  void start() {
    update(unchanged -> unchanged);
    volumes.mount(pod, supervisor::start);
  }

  @Override
  public void started(Process process) {
    update(before -> before.started(process.pid(), Instant.now()));
    prober.start(
        probe(container.getStartupProbe(), false),
        probe(container.getReadinessProbe(), false),
        probe(patient(container.getLivenessProbe()), true),
        ready -> update(before -> before.withReady(process.pid(), ready)));
  }

  private @Nullable HttpProbe probe(@Nullable Probe probe, boolean initially) {
    return HttpProbe.of(probe, container, podIp, initially);
  }

  /** Many processes share one small machine: a late answer is rarely a dead process. */
  private static @Nullable Probe patient(@Nullable Probe liveness) {
    return liveness == null
        ? null
        : new ProbeBuilder(liveness).withTimeoutSeconds(LIVENESS_TIMEOUT_SECONDS).build();
  }

  private void killUnhealthy(String reason) {
    LOG.warn("killed name={} because {}", name(), reason);
    supervisor.kill();
  }

  @Override
  public void exited(int exitCode, Instant startedAt, Duration restartDelay) {
    prober.close();
    waiting(exitCode, "the process exited with code " + exitCode, restartDelay);
  }

  @Override
  public void startFailed(String reason, Duration restartDelay) {
    waiting(-1, reason, restartDelay);
  }

  private void waiting(int exitCode, String message, Duration delay) {
    String reason = delay.isZero() ? "ContainerCreating" : "CrashLoopBackOff";
    String when = delay.isZero() ? "" : "; restarting in " + delay.toSeconds() + " s";
    update(before -> before.exited(exitCode, Instant.now(), reason, message + when));
  }

  private synchronized void update(UnaryOperator<ContainerState> change) {
    state = change.apply(state);
    reported = PodStatuses.of(pod, podIp, state, reported, startTime, Instant.now());
    writer.write(pod, reported);
  }

  /** True for the first caller only, who then has to {@link #stop} this worker. */
  boolean claimStop() {
    return stopping.compareAndSet(false, true);
  }

  /** Ends the process without delay, if somebody else is still waiting for it. */
  void kill() {
    supervisor.kill();
  }

  /** Ends the process; returns when it is gone. */
  void stop(Duration grace) throws InterruptedException {
    prober.close();
    supervisor.stop(grace);
    volumes.unmount(pod);
  }
}
