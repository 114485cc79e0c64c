package dev.kibi.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets as directories of the pods that mount them, kept up to date. A container is started only
 * when every Secret of its pod is there; one that is deleted later leaves its files, as on
 * Kubernetes.
 */
public final class SecretVolumes implements AutoCloseable, ResourceEventHandler<Secret> {
  private static final Logger LOG = LoggerFactory.getLogger(SecretVolumes.class);

  private final KubernetesClient client;
  private final Path root;
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, Mounted> pods = new LinkedHashMap<>();
  private @Nullable SharedIndexInformer<Secret> informer;

  /** A pod, and what is to be done when all its Secrets are there; null once it is done. */
  private static final class Mounted {
    private final Pod pod;
    private @Nullable Runnable start;

    private Mounted(Pod pod, Runnable start) {
      this.pod = pod;
      this.start = start;
    }
  }

  /** Volumes beneath a directory that is the user's alone. */
  public SecretVolumes(KubernetesClient client, Path root) {
    this.client = client;
    this.root = root;
  }

  public void start() {
    informer = client.secrets().inAnyNamespace().inform(this);
  }

  /** Where a pod's container finds its Secrets, by the path at which it mounts them. */
  Map<String, Path> directories(Pod pod) {
    Map<String, Path> directories = new TreeMap<>();
    for (Volume volume : volumes(pod)) {
      pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
          .filter(mount -> mount.getName().equals(volume.getName()))
          .map(VolumeMount::getMountPath)
          .forEach(path -> directories.put(path, directory(pod, volume)));
    }
    return directories;
  }

  /** Lets {@code start} be run once, when every Secret of the pod is in its directory. */
  synchronized void mount(Pod pod, Runnable start) {
    Mounted mounted = new Mounted(pod, start);
    pods.put(pod.getMetadata().getUid(), mounted);
    fill(mounted);
  }

  /** The pod is gone. */
  synchronized void unmount(Pod pod) {
    pods.remove(pod.getMetadata().getUid());
    try {
      AtomicDirectory.delete(directory(pod));
    } catch (IOException e) {
      LOG.warn("volumes not removed pod={} error={}", pod.getMetadata().getName(), e.toString());
    }
  }

  @Override
  public synchronized void onAdd(Secret secret) {
    secrets.put(key(secret.getMetadata().getNamespace(), secret.getMetadata().getName()), secret);
    pods.values().stream().filter(mounted -> mounts(mounted.pod, secret)).forEach(this::fill);
  }

  @Override
  public void onUpdate(Secret before, Secret after) {
    onAdd(after);
  }

  @Override
  public synchronized void onDelete(Secret secret, boolean stateUnknown) {
    secrets.remove(key(secret.getMetadata().getNamespace(), secret.getMetadata().getName()));
  }

  private void fill(Mounted mounted) {
    boolean complete = true;
    for (Volume volume : volumes(mounted.pod)) {
      Secret secret = secrets.get(key(mounted.pod, volume));
      if (secret == null) {
        complete = false;
      } else {
        write(directory(mounted.pod, volume), secret);
      }
    }
    Runnable start = mounted.start;
    if (complete && start != null) {
      mounted.start = null;
      start.run();
    }
  }

  private static void write(Path directory, Secret secret) {
    try {
      AtomicDirectory.write(
          directory, secret.getData() == null ? Map.of() : Map.copyOf(secret.getData()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean mounts(Pod pod, Secret secret) {
    return volumes(pod).stream()
        .anyMatch(volume ->
            key(pod, volume)
                .equals(key(secret.getMetadata().getNamespace(), secret.getMetadata().getName())));
  }

  private static List<Volume> volumes(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getSecret() != null)
        .toList();
  }

  private static String key(Pod pod, Volume volume) {
    return key(pod.getMetadata().getNamespace(), volume.getSecret().getSecretName());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private Path directory(Pod pod) {
    return root.resolve(pod.getMetadata().getUid());
  }

  private Path directory(Pod pod, Volume volume) {
    return directory(pod).resolve(volume.getName());
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }
}
