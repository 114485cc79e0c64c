package dev.kibi.node.lane;

import dev.kibi.node.shard.IncomingMoves;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.wire.Frame;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target's end of one attempt to move slots here: what comes goes into the store, hidden, and
 * through our own log, so that our replicas hold it too.
 */
final class IncomingMoveLink implements PeerHandler {

  private static final Logger LOG = LoggerFactory.getLogger(IncomingMoveLink.class);

  private final Frame.MoveBegin begin;
  private final PeerChannel channel;
  private final IncomingMoves moves;
  private final ReplicationLog log;
  private final Lane lane;
  private final EffectStream records;

  IncomingMoveLink(
      Frame.MoveBegin begin,
      PeerChannel channel,
      IncomingMoves moves,
      ReplicationLog log,
      SlotStore store,
      Lane lane) {
    this.begin = begin;
    this.channel = channel;
    this.moves = moves;
    this.log = log;
    this.lane = lane;
    this.records =
        new EffectStream(
            store,
            (buffer, offset, length) -> log.appendBytes(ByteBuffer.wrap(buffer, offset, length)));
  }

  /** Whether an answer is for this attempt. */
  boolean isFor(Frame.CaughtUp caughtUp) {
    return begin.moveId() == caughtUp.moveId() && begin.attempt() == caughtUp.attempt();
  }

  void send(Frame frame) {
    channel.send(frame);
  }

  @Override
  public void frame(Frame frame) {
    switch (frame) {
      case Frame.MoveData data
          when isCurrent(data.moveId(), data.attempt()) && !lane.isHandingOver() -> {
        byte[] bytes = new byte[data.effects().remaining()];
        data.effects().duplicate().get(bytes);
        records.feed(bytes);
        lane.logGrew();
      }
      case Frame.MoveEnd end
          when isCurrent(end.moveId(), end.attempt()) && records.pending() == 0 -> {
        moves.ended(end.moveId(), end.attempt(), log.end());
        lane.tellCaughtUp();
      }
      default -> {
        LOG.info(
            "move {} from {}: {} is of no use any more",
            begin.moveId(),
            channel.remote(),
            frame.getClass().getSimpleName());
        lane.refusedFrames().count(RefusedFrames.Reason.UNEXPECTED);
        channel.send(
            new Frame.MoveRefused(begin.moveId(), begin.attempt(), "not expected any more"));
        channel.close();
        closed();
      }
    }
  }

  private boolean isCurrent(long moveId, long attempt) {
    return moveId == begin.moveId() && !moves.accepts(moveId, attempt).isEmpty();
  }

  @Override
  public void closed() {
    lane.moveLinkClosed(this);
  }
}
