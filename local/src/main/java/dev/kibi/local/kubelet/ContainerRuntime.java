package dev.kibi.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Path;
import java.util.List;

/** What stands in for images and their registry: how a container becomes a process. */
public interface ContainerRuntime {

  /**
   * The command that runs {@code container} with {@code memoryBytes} at its disposal. Throws {@link
   * IllegalArgumentException} for a container that cannot be run here.
   */
  List<String> command(Container container, long memoryBytes);

  /** The file that gets the output of a pod's container. */
  Path log(String namespace, String pod);

  /** The address of the API server's kubeconfig, for {@code KUBECONFIG}. */
  Path kubeconfig();
}
