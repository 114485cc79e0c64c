package dev.kibi.node.lane;

import dev.kibi.node.command.ClientRegistry;
import dev.kibi.node.command.Session;
import dev.kibi.node.shard.Departure;
import dev.kibi.node.shard.ShardEvent;
import dev.kibi.node.shard.ShardMachine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a {@link Departure} says, tick by tick, until the process may end. */
final class LaneDeparture {

  private static final Logger LOG = LoggerFactory.getLogger(LaneDeparture.class);

  private final Lane lane;
  private final ShardMachine machine;
  private final Replication replication;
  private final Departure departure;
  private @Nullable Runnable gone;

  LaneDeparture(Lane lane, NodeIdentity self, ShardMachine machine, Replication replication) {
    this.lane = lane;
    this.machine = machine;
    this.replication = replication;
    this.departure = new Departure(self.id(), lane.timers());
  }

  boolean isLeaving() {
    return departure.isLeaving();
  }

  /** Begins; {@code whenGone} is run once, when the process may end. */
  void begin(long deadlineAt, Runnable whenGone) {
    LOG.info("leaving as {} of epoch {}", machine.role(), machine.epoch());
    gone = whenGone;
    departure.begin(deadlineAt);
    replication.leaving();
    step();
  }

  void step() {
    ClientRegistry clients = lane.context().clients();
    Departure.Duty duty =
        departure.next(machine.role(), machine.shard(), clients.count() > 0, lane.nanos());
    switch (duty) {
      case NONE, PART -> {}
      case HAND_OVER ->
          machine
              .bestSuccessor(lane.nanos())
              .ifPresent(to ->
                  replication.prepareToFollow(
                      to, () -> lane.event(new ShardEvent.SwitchoverAsked(to, true))));
      case ASK_MASTER -> replication.askToLeave();
      case EXIT -> {
        Runnable told = gone;
        gone = null;
        if (told != null) {
          LOG.info("gone as {} of epoch {}", machine.role(), machine.epoch());
          clients.sessions().stream().map(Session::link).forEach(link -> link.close());
          told.run();
        }
      }
    }
  }
}
