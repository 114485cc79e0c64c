package dev.kibi.node.lane;

import dev.kibi.node.shard.MoveEvent;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.wire.Frame;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source's end of one attempt to move slots: sends what they hold and waits for CAUGHT_UP. */
final class MoveSender implements PeerHandler {

  private static final Logger LOG = LoggerFactory.getLogger(MoveSender.class);

  private final SlotMove move;
  private final long attempt;
  private final PeerChannel channel;
  private final Consumer<MoveEvent> events;
  private final SlotImages images;
  private boolean ended;

  MoveSender(
      String clusterUid,
      String targetPodUid,
      SlotMove move,
      long attempt,
      PeerChannel channel,
      SlotStore store,
      Consumer<MoveEvent> events) {
    this.move = move;
    this.attempt = attempt;
    this.channel = channel;
    this.events = events;
    this.images =
        new SlotImages(
            store,
            move.slots().iterator(),
            bytes -> channel.send(new Frame.MoveData(move.id(), attempt, bytes)));
    channel.send(
        new Frame.MoveBegin(
            clusterUid,
            targetPodUid,
            move.id(),
            move.slots(),
            move.fromEpoch(),
            move.toEpoch(),
            attempt));
    drained();
  }

  void close() {
    channel.close();
  }

  @Override
  public void drained() {
    while (!ended && channel.takesImages()) {
      if (!images.next()) {
        ended = true;
        channel.send(new Frame.MoveEnd(move.id(), attempt));
      }
    }
  }

  @Override
  public void frame(Frame frame) {
    switch (frame) {
      case Frame.CaughtUp caughtUp ->
          events.accept(
              new MoveEvent.CaughtUp(
                  caughtUp.moveId(), caughtUp.fromEpoch(), caughtUp.toEpoch(), caughtUp.attempt()));
      case Frame.MoveRefused refused -> {
        LOG.info(
            "move {} of slots {} to shard {} refused: {}",
            move.id(),
            move.slots(),
            move.to(),
            refused.reason());
        fail();
      }
      default -> {
        LOG.warn(
            "move {}: unexpected {} from {}",
            move.id(),
            frame.getClass().getSimpleName(),
            channel.remote());
        fail();
      }
    }
  }

  @Override
  public void closed() {
    events.accept(new MoveEvent.Failed(move.id(), attempt));
  }

  private void fail() {
    channel.close();
    closed();
  }
}
