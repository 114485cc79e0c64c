package dev.kibi.e2e.sim;

import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.node.lane.AuthorityPort;
import dev.kibi.node.shard.TopologyChange;
import dev.kibi.node.shard.TopologyWriter;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to the authority, as the node's own client does it: the very same request again and
 * again until the lane says that it is settled.
 */
final class Door implements AuthorityPort {

  private static final long RETRY = 100 * Timeline.MS;

  private final NodeLife node;
  private final SimAuthority authority;
  private TopologyWriter.@Nullable Request open;
  private boolean reading;

  Door(NodeLife node, SimAuthority authority) {
    this.node = node;
    this.authority = authority;
  }

  @Override
  public void refresh() {
    if (!reading) {
      reading = true;
      authority.read(
          node,
          topology -> {
            reading = false;
            if (topology != null) {
              node.lane().install(topology);
            }
          });
    }
  }

  @Override
  public void send(TopologyWriter.Request request) {
    open = request;
    attempt(request);
  }

  @Override
  public void settled() {
    open = null;
  }

  private void attempt(TopologyWriter.Request request) {
    if (!isOpen(request)) {
      return;
    }
    node.tell(() -> "asks for " + request.changes() + " on version " + request.expectedVersion());
    authority.compareAndSet(
        node,
        new SimAuthority.Request(request.expectedVersion(), request.next(), request.opId()),
        node.world.nemesis().disturbs(node, request.changes()),
        outcome -> answered(request, outcome));
  }

  private void answered(TopologyWriter.Request request, @Nullable CasOutcome outcome) {
    switch (outcome) {
      case null -> again(request, RETRY);
      case CasOutcome.Applied applied -> {
        node.lane().install(applied.stored().topology());
        again(request, RETRY);
      }
      case CasOutcome.Conflict conflict ->
          node.world
              .timeline()
              .after(
                  pauseAfterConflict(request),
                  () ->
                      node.deliver(() -> {
                        node.lane().install(conflict.current().topology());
                        again(request, RETRY);
                      }));
      case CasOutcome.Refused refused -> node.lane().refused(request, refused.reason());
    }
  }

  private long pauseAfterConflict(TopologyWriter.Request request) {
    boolean urgent = request.changes().stream().anyMatch(TopologyChange::urgent);
    return urgent ? 0 : (5 + node.world.random().nextInt(15)) * Timeline.MS;
  }

  private boolean isOpen(TopologyWriter.Request request) {
    TopologyWriter.Request current = open;
    return current != null && current.opId().equals(request.opId());
  }

  private void again(TopologyWriter.Request request, long nanos) {
    if (isOpen(request)) {
      node.world.timeline().after(nanos, () -> node.deliver(() -> attempt(request)));
    }
  }
}
