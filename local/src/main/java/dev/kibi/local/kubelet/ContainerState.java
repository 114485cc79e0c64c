package dev.kibi.local.kubelet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet knows about the container of a pod: the process that runs now, or why none does,
 * and how the last one ended.
 */
record ContainerState(
    @Nullable Running running,
    @Nullable String waitingReason,
    @Nullable String waitingMessage,
    @Nullable Exit lastExit,
    int restarts,
    boolean ready) {

  record Running(long pid, Instant startedAt) {}

  record Exit(long pid, int code, Instant startedAt, Instant finishedAt) {}

  static final ContainerState CREATING =
      new ContainerState(null, "ContainerCreating", "", null, 0, false);

  ContainerState started(long pid, Instant now) {
    int count = lastExit == null ? restarts : restarts + 1;
    return new ContainerState(new Running(pid, now), null, null, lastExit, count, false);
  }

  ContainerState exited(int code, Instant now, String reason, String message) {
    Exit exit =
        running == null ? lastExit : new Exit(running.pid(), code, running.startedAt(), now);
    return new ContainerState(null, reason, message, exit, restarts, false);
  }

  /** What a probe of process {@code pid} has found out; of interest while that process runs. */
  ContainerState withReady(long pid, boolean nowReady) {
    return running == null || running.pid() != pid
        ? this
        : new ContainerState(running, waitingReason, waitingMessage, lastExit, restarts, nowReady);
  }
}
