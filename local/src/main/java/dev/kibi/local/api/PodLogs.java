package dev.kibi.local.api;

import java.io.IOException;
import java.io.OutputStream;

/** Where {@code kubectl logs} finds the output of a pod's container. */
@FunctionalInterface
public interface PodLogs {

  /** Copies the log of a pod to {@code out}, and what is added to it as long as {@code follow}. */
  void copy(String namespace, String pod, long tailLines, boolean follow, OutputStream out)
      throws IOException, InterruptedException;
}
