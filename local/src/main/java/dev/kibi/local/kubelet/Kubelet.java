package dev.kibi.local.kubelet;

import dev.kibi.local.process.ProcessLedger;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every pod that is assigned to the node {@value #NODE_NAME} as a process, until the pod is
 * deleted.
 */
public final class Kubelet implements AutoCloseable, ResourceEventHandler<Pod> {
  public static final String NODE_NAME = "local";
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final ContainerRuntime runtime;
  private final ProcessLedger ledger;
  private final SecretVolumes volumes;
  private final Supplier<String> allocateIp;
  private final Consumer<String> releaseIp;
  private final HttpClient probeClient =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final Map<String, PodWorker> workersByUid = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable SharedIndexInformer<Pod> informer;
  private boolean closing;

  public Kubelet(
      KubernetesClient client,
      ContainerRuntime runtime,
      ProcessLedger ledger,
      SecretVolumes volumes,
      Supplier<String> allocateIp,
      Consumer<String> releaseIp) {
    this.client = client;
    this.runtime = runtime;
    this.ledger = ledger;
    this.volumes = volumes;
    this.allocateIp = allocateIp;
    this.releaseIp = releaseIp;
  }

  public void start() {
    informer = client.pods().inAnyNamespace().inform(this);
  }

  @Override
  public void onAdd(Pod pod) {
    boolean ours = NODE_NAME.equals(pod.getSpec().getNodeName());
    if (ours && pod.getMetadata().getDeletionTimestamp() != null) {
      threads.execute(() -> end(pod, grace(pod)));
    } else if (ours) {
      run(pod);
    }
  }

  /** Exclusive with the beginning of {@link #close}: what is started before it is ended by it. */
  private synchronized void run(Pod pod) {
    if (!closing) {
      workersByUid.computeIfAbsent(pod.getMetadata().getUid(), uid -> startWorker(pod));
    }
  }

  @Override
  public void onUpdate(Pod before, Pod after) {
    boolean sameObject = before.getMetadata().getUid().equals(after.getMetadata().getUid());
    if (!sameObject) {
      onDelete(before, false);
    }
    onAdd(after);
  }

  @Override
  public void onDelete(Pod pod, boolean stateUnknown) {
    threads.execute(() -> end(pod, Duration.ZERO));
  }

  private @Nullable PodWorker startWorker(Pod pod) {
    String ip = allocateIp.get();
    try {
      PodWorker worker =
          new PodWorker(pod, ip, runtime, ledger, volumes, probeClient, this::writeStatus);
      worker.start();
      return worker;
    } catch (IllegalArgumentException e) {
      releaseIp.accept(ip);
      writeStatus(pod, PodStatuses.notRunnable(pod, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static Duration grace(Pod pod) {
    Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
    return Duration.ofSeconds(seconds == null ? 0 : seconds);
  }

  /** Ends the process of a deleted pod, then lets the API server forget the pod. */
  private void end(Pod pod, Duration grace) {
    String uid = pod.getMetadata().getUid();
    PodWorker worker = workersByUid.get(uid);
    if (worker != null && !worker.claimStop()) {
      if (grace.isZero()) {
        worker.kill();
      }
      return;
    }
    try {
      if (worker != null) {
        worker.stop(grace);
        workersByUid.remove(uid);
        releaseIp.accept(worker.podIp());
      }
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .resource(pod)
          .withGracePeriod(0)
          .delete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KubernetesClientException e) {
      LOG.warn("pod not deleted name={} error={}", pod.getMetadata().getName(), e.getMessage());
    }
  }

  private void writeStatus(Pod pod, PodStatus status) {
    // The uid makes this fail for another pod of the same name.
    Map<String, Object> patch =
        Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status);
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    } catch (KubernetesClientException e) {
      boolean gone =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      if (!gone) {
        LOG.warn("status not written pod={} error={}", pod.getMetadata().getName(), e.getMessage());
      }
    }
  }

  /** Ends all processes; the pods stay as they are. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    if (informer != null) {
      informer.close();
    }
    for (PodWorker worker : workersByUid.values()) {
      if (worker.claimStop()) {
        threads.execute(() -> stopQuietly(worker));
      }
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2 * SHUTDOWN_GRACE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("some processes did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    probeClient.close();
  }

  private static void stopQuietly(PodWorker worker) {
    try {
      worker.stop(SHUTDOWN_GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
