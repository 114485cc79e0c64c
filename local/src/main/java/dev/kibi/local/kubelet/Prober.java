package dev.kibi.local.kubelet;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Probes one container on threads of its own, from its start until {@link #close}. */
final class Prober implements AutoCloseable {
  /**
   * While a container is not ready it is asked more often than its probe says: starts are quick.
   */
  private static final Duration IMPATIENT_PERIOD = Duration.ofMillis(250);

  private final HttpClient client;
  private final Consumer<String> unhealthy;
  private @Nullable Thread readinessThread;
  private @Nullable Thread livenessThread;

  /** {@code unhealthy} hears when liveness is lost, with the reason in words. */
  Prober(HttpClient client, Consumer<String> unhealthy) {
    this.client = client;
    this.unhealthy = unhealthy;
  }

  /**
   * {@code readiness} hears every change; without a readiness probe a container is ready at once.
   * Liveness is asked for only after the startup probe has succeeded once, if there is one.
   */
  synchronized void start(
      @Nullable HttpProbe startup,
      @Nullable HttpProbe ready,
      @Nullable HttpProbe live,
      Consumer<Boolean> readiness) {
    close();
    if (ready == null) {
      readiness.accept(true);
    } else {
      readinessThread = Thread.ofVirtual().start(() -> watchReadiness(ready, readiness));
    }
    if (live != null) {
      livenessThread = Thread.ofVirtual().start(() -> watchLiveness(startup, live));
    }
  }

  private void watchReadiness(HttpProbe probe, Consumer<Boolean> readiness) {
    try {
      Thread.sleep(probe.initialDelay());
      boolean known = false;
      while (true) {
        boolean now = probe.ask(client);
        if (now != known) {
          known = now;
          readiness.accept(now);
        }
        boolean impatient = !now && probe.period().compareTo(IMPATIENT_PERIOD) > 0;
        Thread.sleep(impatient ? IMPATIENT_PERIOD : probe.period());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchLiveness(@Nullable HttpProbe startup, HttpProbe probe) {
    try {
      if (startup != null && !startsWithin(startup)) {
        unhealthy.accept(startup.failureThreshold() + " startup probes failed");
        return;
      }
      do {
        Thread.sleep(probe.period().plus(probe.initialDelay()));
      } while (probe.ask(client));
      unhealthy.accept("the liveness probe failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean startsWithin(HttpProbe probe) throws InterruptedException {
    for (int tries = 0; tries < probe.failureThreshold(); tries++) {
      Thread.sleep(probe.period().plus(probe.initialDelay()));
      if (probe.ask(client)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void close() {
    if (readinessThread != null) {
      readinessThread.interrupt();
    }
    if (livenessThread != null) {
      livenessThread.interrupt();
    }
  }
}
