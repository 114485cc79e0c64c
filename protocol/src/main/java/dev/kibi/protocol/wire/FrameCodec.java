package dev.kibi.protocol.wire;

import dev.kibi.protocol.topology.NodeId;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames as bytes: {@code length u32 | type u8 | body}, big endian; the length counts type and
 * body.
 *
 * <p>A frame is at most {@link #FRAME_BYTES_MAX} long, so a declared length reserves no more than
 * that. Effects that are longer travel in several frames, because the log is a stream of bytes.
 */
public final class FrameCodec {

  /** Content bytes a sender puts into one frame at the most. */
  public static final int CONTENT_BYTES_MAX = 256 * 1024;

  /** The largest frame without its length field: a topology of the largest cluster fits well. */
  public static final int FRAME_BYTES_MAX = 4 * 1024 * 1024;

  /** Bytes of the length field. */
  public static final int LENGTH_BYTES = Integer.BYTES;

  private static final int HISTORY_MAX = 1024;
  private static final int SUSPECTS_MAX = 64;
  private static final int REASON_MAX = 1024;

  private FrameCodec() {}

  /** The whole frame, ready to be sent. */
  public static ByteBuffer encode(Frame frame) {
    FrameType type = FrameType.of(frame);
    FrameWriter out = new FrameWriter(128 + contentBytes(frame));
    out.i32(0).u8(type.ordinal());
    encodeBody(out, frame);
    ByteBuffer whole = out.finish();
    if (whole.remaining() - LENGTH_BYTES > FRAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          type + ": " + whole.remaining() + " bytes (expected: at most " + FRAME_BYTES_MAX + ")");
    }
    return whole;
  }

  private static int contentBytes(Frame frame) {
    return switch (frame) {
      case Frame.Append f -> f.effects().remaining();
      case Frame.Image f -> f.effects().remaining();
      default -> 0;
    };
  }

  private static void encodeBody(FrameWriter out, Frame frame) {
    switch (frame) {
      case Frame.OperatorHello f -> out.text(f.clusterUid()).text(f.to());
      case Frame.TopologyPush f -> TopologyCodec.write(out, f.topology());
      case Frame.Report f -> writeReport(out, f.report());
      case Frame.Follow f ->
          writeHistory(
              writeNode(
                      out.text(f.clusterUid()).text(f.to()).i32(f.shard()).i64(f.epoch()), f.node())
                  .i64(f.received())
                  .i64(f.applied()),
              f.history());
      case Frame.Resume f -> writeHistory(out.i64(f.epoch()).i64(f.lsn()), f.history());
      case Frame.SnapshotBegin f -> writeHistory(out.i64(f.epoch()).i64(f.lsn()), f.history());
      case Frame.SnapshotChunk f -> out.i64(f.epoch()).bytes(f.effects());
      case Frame.SnapshotEnd f -> out.i64(f.epoch()).i64(f.lsn());
      case Frame.Append f ->
          out.i64(f.epoch())
              .i64(f.lsn())
              .i64(f.commitLsn())
              .i64(f.sentAtNanos())
              .bytes(f.effects());
      case Frame.Ack f -> writeNode(out.i64(f.epoch()), f.node()).i64(f.lsn()).i64(f.sentAtNanos());
      case Frame.Nack f -> writeNode(out.i32(f.shard()).i64(f.epoch()), f.node());
      case Frame.MoveBegin f ->
          out.text(f.clusterUid())
              .text(f.to())
              .i64(f.moveId())
              .text(f.slots().toString())
              .i64(f.fromEpoch())
              .i64(f.toEpoch())
              .i64(f.attempt());
      case Frame.MoveData f -> out.i64(f.moveId()).i64(f.attempt()).bytes(f.effects());
      case Frame.MoveEnd f -> out.i64(f.moveId()).i64(f.attempt());
      case Frame.CaughtUp f ->
          out.i64(f.moveId()).i64(f.fromEpoch()).i64(f.toEpoch()).i64(f.attempt());
      case Frame.MoveRefused f -> out.i64(f.moveId()).i64(f.attempt()).text(f.reason());
      case Frame.Switchover f -> writeNode(out.i32(f.shard()).i64(f.epoch()), f.to());
      case Frame.Leave f -> writeNode(out.i64(f.epoch()), f.node());
    }
  }

  /**
   * Takes the next frame out of {@code in}, from its position on.
   *
   * @return the frame, or null with the position unchanged while bytes are missing
   * @throws WireException when the bytes are no frame; the link cannot go on
   */
  public static @Nullable Frame decode(ByteBuffer in) throws WireException {
    if (in.remaining() < LENGTH_BYTES) {
      return null;
    }
    int length = in.getInt(in.position());
    if (length < 1 || length > FRAME_BYTES_MAX) {
      throw new WireException(
          "frame length: " + length + " (expected: 1.." + FRAME_BYTES_MAX + ")");
    }
    if (in.remaining() - LENGTH_BYTES < length) {
      return null;
    }
    ByteBuffer body = in.slice(in.position() + LENGTH_BYTES, length);
    in.position(in.position() + LENGTH_BYTES + length);
    FrameReader reader = new FrameReader(body);
    Frame frame = decodeBody(reader.constant(FrameType.values()), reader);
    reader.end();
    return frame;
  }

  private static Frame decodeBody(FrameType type, FrameReader in) throws WireException {
    return switch (type) {
      case OPERATOR_HELLO ->
          new Frame.OperatorHello(in.text(TopologyCodec.TEXT_MAX), in.text(NodeId.TEXT_LENGTH_MAX));
      case TOPOLOGY_PUSH -> new Frame.TopologyPush(TopologyCodec.read(in));
      case REPORT -> new Frame.Report(readReport(in));
      case FOLLOW ->
          new Frame.Follow(
              in.text(TopologyCodec.TEXT_MAX),
              in.text(NodeId.TEXT_LENGTH_MAX),
              in.i32(),
              in.i64(),
              TopologyCodec.readId(in),
              in.lsn(),
              in.lsn(),
              readHistory(in));
      case RESUME -> new Frame.Resume(in.i64(), in.lsn(), readHistory(in));
      case SNAPSHOT_BEGIN -> new Frame.SnapshotBegin(in.i64(), in.lsn(), readHistory(in));
      case SNAPSHOT_CHUNK -> new Frame.SnapshotChunk(in.i64(), in.rest());
      case SNAPSHOT_END -> new Frame.SnapshotEnd(in.i64(), in.lsn());
      case APPEND -> new Frame.Append(in.i64(), in.lsn(), in.lsn(), in.i64(), in.rest());
      case ACK -> new Frame.Ack(in.i64(), TopologyCodec.readId(in), in.lsn(), in.i64());
      case NACK -> new Frame.Nack(in.i32(), in.i64(), TopologyCodec.readId(in));
      case MOVE_BEGIN ->
          new Frame.MoveBegin(
              in.text(TopologyCodec.TEXT_MAX),
              in.text(NodeId.TEXT_LENGTH_MAX),
              in.i64(),
              TopologyCodec.readSlotSet(in),
              in.i64(),
              in.i64(),
              in.i64());
      case MOVE_DATA -> new Frame.MoveData(in.i64(), in.i64(), in.rest());
      case MOVE_END -> new Frame.MoveEnd(in.i64(), in.i64());
      case CAUGHT_UP -> new Frame.CaughtUp(in.i64(), in.i64(), in.i64(), in.i64());
      case MOVE_REFUSED -> new Frame.MoveRefused(in.i64(), in.i64(), in.text(REASON_MAX));
      case SWITCHOVER -> new Frame.Switchover(in.i32(), in.i64(), TopologyCodec.readId(in));
      case LEAVE -> new Frame.Leave(in.i64(), TopologyCodec.readId(in));
    };
  }

  private static FrameWriter writeNode(FrameWriter out, NodeId node) {
    TopologyCodec.writeId(out, node);
    return out;
  }

  private static void writeHistory(FrameWriter out, List<EpochStart> history) {
    out.list(history, (o, start) -> o.i64(start.epoch()).i64(start.lsn()));
  }

  private static List<EpochStart> readHistory(FrameReader in) throws WireException {
    List<EpochStart> history = in.list(HISTORY_MAX, each -> new EpochStart(each.i64(), each.lsn()));
    if (!EpochStart.areInOrder(history)) {
      throw new WireException("history: " + history + " (expected: rising epochs and LSNs)");
    }
    return history;
  }

  private static void writeReport(FrameWriter out, NodeReport report) {
    writeNode(out.text(report.clusterUid()), report.node())
        .text(report.pod())
        .text(report.host())
        .text(report.address())
        .i32(report.shard())
        .constant(report.role())
        .i64(report.version())
        .i64(report.logEpoch())
        .i64(report.epoch())
        .i64(report.lsn())
        .i64(report.commitLsn())
        .bool(report.ready())
        .bool(report.leaving())
        .list(report.suspects(), TopologyCodec::writeId)
        .i64(report.keys())
        .i64(report.usedBytes())
        .i64(report.maxBytes());
  }

  private static NodeReport readReport(FrameReader in) throws WireException {
    return new NodeReport(
        in.text(TopologyCodec.TEXT_MAX),
        TopologyCodec.readId(in),
        in.text(TopologyCodec.TEXT_MAX),
        in.text(TopologyCodec.TEXT_MAX),
        in.text(TopologyCodec.TEXT_MAX),
        in.i32(),
        in.constant(NodeRole.values()),
        in.i64(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.bool(),
        in.bool(),
        in.list(SUSPECTS_MAX, TopologyCodec::readId),
        in.i64(),
        in.i64(),
        in.i64());
  }
}
