package dev.kibi.node.lane;

import dev.kibi.node.shard.LogHistory;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.ShardEvent;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A follower's end of the replication link: takes the log in, answers, and applies what is
 * committed.
 *
 * <pre>
 * state    | frame          | what is done                                                | next
 * ---------+----------------+-------------------------------------------------------------+---------
 * ASKED    | Resume         | cut the log to the common point                             | STREAM
 * ASKED    | SnapshotBegin  | empty the store; refused while promotable (M: KeepWhileListed) | SNAPSHOT
 * SNAPSHOT | SnapshotChunk  | apply                                                       | SNAPSHOT
 * SNAPSHOT | Append         | append and apply at once: the images are that new too       | SNAPSHOT
 * SNAPSHOT | SnapshotEnd    | -                                                           | STREAM
 * STREAM   | Append         | append, answer, apply what is committed                     | STREAM
 * any      | TopologyPush   | install it where it is newer                                | same
 * any      | Nack           | its epoch is noted                                          | closed
 * </pre>
 *
 * Anything else, or a frame of another epoch, closes the link; following begins again.
 */
final class MasterLink implements PeerHandler {

  private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);

  /** What the link asks of the lane. */
  interface Host {
    void event(ShardEvent event);

    /** Takes a topology the master sent. */
    void learn(Topology topology);

    RefusedFrames refusedFrames();

    /** Whether this node counts as a copy that may be elected in the installed topology. */
    boolean promotable();

    /** Empties the store. */
    void clearStore();

    LogApplier applier();

    /** The link is gone. */
    void masterUnlinked(MasterLink link);
  }

  private enum State {
    ASKED,
    SNAPSHOT,
    STREAM
  }

  private final Host host;
  private final PeerChannel channel;
  private final ReplicationLog log;
  private final EffectStream images;
  private final NodeId self;
  private final int shard;
  private final long epoch;
  private State state = State.ASKED;

  MasterLink(
      Host host,
      PeerChannel channel,
      ReplicationLog log,
      EffectStream images,
      NodeIdentity self,
      String masterPodUid,
      int shard,
      long epoch) {
    this.host = host;
    this.channel = channel;
    this.log = log;
    this.images = images;
    this.self = self.id();
    this.shard = shard;
    this.epoch = epoch;
    channel.send(
        new Frame.Follow(
            self.clusterUid(),
            masterPodUid,
            shard,
            epoch,
            self.id(),
            log.end(),
            host.applier().fedLsn(),
            log.history().starts()));
  }

  long epoch() {
    return epoch;
  }

  /** Whether the master took us; one that turned us away is asked again later, not at once. */
  boolean wasAccepted() {
    return state != State.ASKED;
  }

  boolean isSnapshotting() {
    return state == State.SNAPSHOT;
  }

  PeerChannel channel() {
    return channel;
  }

  /** Asks to be taken out of the in-sync set. */
  void leave() {
    channel.send(new Frame.Leave(epoch, self));
  }

  void close() {
    channel.close();
  }

  @Override
  public void frame(Frame frame) {
    boolean understood =
        switch (frame) {
          case Frame.Resume resume when state == State.ASKED && resume.epoch() == epoch ->
              resume(resume);
          case Frame.SnapshotBegin begin when state == State.ASKED && begin.epoch() == epoch ->
              snapshotBegin(begin);
          case Frame.SnapshotChunk chunk when state == State.SNAPSHOT && chunk.epoch() == epoch ->
              chunk(chunk);
          case Frame.SnapshotEnd end when state == State.SNAPSHOT && end.epoch() == epoch ->
              snapshotEnd(end);
          case Frame.Append append when state != State.ASKED && append.epoch() == epoch ->
              append(append);
          case Frame.TopologyPush push -> {
            host.learn(push.topology());
            yield true;
          }
          case Frame.Nack nack when nack.shard() == shard -> {
            host.event(new ShardEvent.Nacked(nack.epoch(), nack.node()));
            yield false;
          }
          default -> {
            host.refusedFrames().count(reasonToRefuse(frame));
            LOG.warn(
                "link to master {}: unexpected {} (expected: what fits {} in epoch {})",
                channel.remote(),
                frame.getClass().getSimpleName(),
                state,
                epoch);
            yield false;
          }
        };
    if (!understood) {
      channel.close();
      closed();
    }
  }

  private RefusedFrames.Reason reasonToRefuse(Frame frame) {
    long sent =
        switch (frame) {
          case Frame.Resume f -> f.epoch();
          case Frame.SnapshotBegin f -> f.epoch();
          case Frame.SnapshotChunk f -> f.epoch();
          case Frame.SnapshotEnd f -> f.epoch();
          case Frame.Append f -> f.epoch();
          default -> epoch;
        };
    if (frame instanceof Frame.Nack) {
      return RefusedFrames.Reason.OTHER_SHARD;
    }
    return sent == epoch ? RefusedFrames.Reason.UNEXPECTED : RefusedFrames.Reason.OTHER_EPOCH;
  }

  private boolean resume(Frame.Resume resume) {
    if (resume.lsn() < host.applier().fedLsn() || !log.reachesBackTo(resume.lsn())) {
      LOG.warn(
          "link to master {}: resume at {} (expected: {}..{})",
          channel.remote(),
          resume.lsn(),
          host.applier().fedLsn(),
          log.end());
      return false;
    }
    log.resumeAt(resume.lsn(), LogHistory.of(resume.history()));
    state = State.STREAM;
    LOG.info("following {} in epoch {} from LSN {}", channel.remote(), epoch, resume.lsn());
    return true;
  }

  private boolean snapshotBegin(Frame.SnapshotBegin begin) {
    if (host.promotable()) {
      return false;
    }
    LogHistory history = LogHistory.of(begin.history());
    host.clearStore();
    images.reset();
    log.restartAt(begin.lsn(), history);
    host.applier().restartAt(begin.lsn());
    state = State.SNAPSHOT;
    LOG.info(
        "copying the shard from {} in epoch {}, log from LSN {}",
        channel.remote(),
        epoch,
        begin.lsn());
    return true;
  }

  private boolean chunk(Frame.SnapshotChunk chunk) {
    images.feed(bytes(chunk.effects()));
    return true;
  }

  private boolean snapshotEnd(Frame.SnapshotEnd end) {
    if (end.lsn() != log.end() || images.pending() != 0) {
      return false;
    }
    state = State.STREAM;
    LOG.info("copied the shard from {}, log at LSN {}", channel.remote(), log.end());
    return true;
  }

  private boolean append(Frame.Append append) {
    log.appendFrom(append.lsn(), append.effects(), host.applier().fedLsn());
    if (state == State.SNAPSHOT) {
      host.applier().applyTo(log.end());
    }
    host.event(new ShardEvent.MasterHeard(epoch, append.commitLsn(), log.end()));
    channel.send(new Frame.Ack(epoch, self, log.end(), append.sentAtNanos()));
    return true;
  }

  @Override
  public void closed() {
    host.masterUnlinked(this);
  }

  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }
}
