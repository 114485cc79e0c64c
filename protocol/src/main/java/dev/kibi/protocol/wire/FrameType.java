package dev.kibi.protocol.wire;

/** The type byte of a frame is the ordinal here: add at the end, never reorder. */
enum FrameType {
  OPERATOR_HELLO,
  TOPOLOGY_PUSH,
  REPORT,
  FOLLOW,
  RESUME,
  SNAPSHOT_BEGIN,
  SNAPSHOT_CHUNK,
  SNAPSHOT_END,
  APPEND,
  ACK,
  NACK,
  MOVE_BEGIN,
  MOVE_DATA,
  MOVE_END,
  CAUGHT_UP,
  MOVE_REFUSED,
  SWITCHOVER,
  LEAVE;

  static FrameType of(Frame frame) {
    return switch (frame) {
      case Frame.OperatorHello _ -> OPERATOR_HELLO;
      case Frame.TopologyPush _ -> TOPOLOGY_PUSH;
      case Frame.Report _ -> REPORT;
      case Frame.Follow _ -> FOLLOW;
      case Frame.Resume _ -> RESUME;
      case Frame.SnapshotBegin _ -> SNAPSHOT_BEGIN;
      case Frame.SnapshotChunk _ -> SNAPSHOT_CHUNK;
      case Frame.SnapshotEnd _ -> SNAPSHOT_END;
      case Frame.Append _ -> APPEND;
      case Frame.Ack _ -> ACK;
      case Frame.Nack _ -> NACK;
      case Frame.MoveBegin _ -> MOVE_BEGIN;
      case Frame.MoveData _ -> MOVE_DATA;
      case Frame.MoveEnd _ -> MOVE_END;
      case Frame.CaughtUp _ -> CAUGHT_UP;
      case Frame.MoveRefused _ -> MOVE_REFUSED;
      case Frame.Switchover _ -> SWITCHOVER;
      case Frame.Leave _ -> LEAVE;
    };
  }
}
