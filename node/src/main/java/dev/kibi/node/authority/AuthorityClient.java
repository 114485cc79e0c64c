package dev.kibi.node.authority;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.node.lane.AuthorityPort;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.shard.TopologyChange;
import dev.kibi.node.shard.TopologyWriter;
import dev.kibi.protocol.topology.Topology;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane's way to the topology object: blocking calls on virtual threads, what is found handed to
 * the lane.
 *
 * <p>A request is sent again and again, the very same one, until the lane says that it is settled:
 * a failure, of whatever kind, or a conflict without a newer version says nothing of its outcome
 * (protocol.md section 1).
 */
public final class AuthorityClient implements AuthorityPort, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorityClient.class);
  private static final Duration RETRY = Duration.ofMillis(100);

  private final Authority authority;
  private final Executor laneExecutor;
  private final AtomicReference<TopologyWriter.@Nullable Request> open = new AtomicReference<>();
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private @Nullable Lane lane;
  private @Nullable TopologyWatch watch;

  /** A client that tells the lane on its own thread, {@code laneExecutor}. */
  public AuthorityClient(Authority authority, Executor laneExecutor) {
    this.authority = authority;
    this.laneExecutor = laneExecutor;
  }

  /** Begins to tell the lane of every topology. */
  public void start(Lane told) {
    lane = told;
    watch = authority.watch(this::found);
  }

  @Override
  public void refresh() {
    if (refreshing.compareAndSet(false, true)) {
      Thread.startVirtualThread(() -> {
        try {
          authority.get().ifPresent(stored -> found(stored.topology()));
        } catch (AuthorityUnavailableException e) {
          LOG.warn("topology: not read: {}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("topology: not read", e);
        } finally {
          refreshing.set(false);
        }
      });
    }
  }

  @Override
  public void send(TopologyWriter.Request request) {
    open.set(request);
    Thread.startVirtualThread(() -> untilSettled(request));
  }

  @Override
  public void settled() {
    open.set(null);
  }

  private void untilSettled(TopologyWriter.Request request) {
    while (isOpen(request)) {
      try {
        switch (authority.compareAndSet(
            request.expectedVersion(), request.next(), request.opId())) {
          case CasOutcome.Applied applied -> found(applied.stored().topology());
          case CasOutcome.Conflict conflict -> {
            if (request.changes().stream().noneMatch(TopologyChange::urgent)) {
              pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(5, 20)));
            }
            found(conflict.current().topology());
          }
          case CasOutcome.Refused refused -> {
            tell(l -> l.refused(request, refused.reason()));
            return;
          }
        }
      } catch (AuthorityUnavailableException e) {
        LOG.warn(
            "topology change {}: outcome unknown, trying again: {}",
            request.changes(),
            e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("topology change {}: outcome unknown, trying again", request.changes(), e);
      }
      pause(RETRY);
    }
  }

  private boolean isOpen(TopologyWriter.Request request) {
    TopologyWriter.Request current = open.get();
    return current != null && current.opId().equals(request.opId());
  }

  private void found(Topology topology) {
    tell(l -> l.install(topology));
  }

  private void tell(Consumer<Lane> message) {
    Lane told = lane;
    if (told != null) {
      laneExecutor.execute(() -> message.accept(told));
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open.set(null);
    TopologyWatch current = watch;
    if (current != null) {
      current.close();
    }
  }
}
