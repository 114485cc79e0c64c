package dev.kibi.protocol.wire;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A topology inside a frame. */
final class TopologyCodec {

  static final int SHARDS_MAX = 1024;
  static final int NODES_MAX = 8192;
  static final int TEXT_MAX = 512;

  private TopologyCodec() {}

  static void write(FrameWriter out, Topology topology) {
    out.text(topology.clusterUid())
        .i64(topology.generation())
        .i64(topology.version())
        .i32(topology.lanes())
        .constant(topology.durability())
        .list(topology.nodes(), TopologyCodec::writeNode)
        .list(topology.shards(), TopologyCodec::writeShard)
        .list(
            List.copyOf(topology.slots().byShard().entrySet()),
            (o, entry) -> o.i32(entry.getKey()).text(entry.getValue().toString()))
        .list(topology.moves(), TopologyCodec::writeMove)
        .i64(topology.nextMoveId());
  }

  static Topology read(FrameReader in) throws WireException {
    return new Topology(
        in.text(TEXT_MAX),
        in.i64(),
        in.i64(),
        in.i32(),
        in.constant(Durability.values()),
        in.list(NODES_MAX, TopologyCodec::readNode),
        in.list(SHARDS_MAX, TopologyCodec::readShard),
        readSlots(in),
        in.list(SHARDS_MAX, TopologyCodec::readMove),
        in.i64());
  }

  static void writeId(FrameWriter out, NodeId id) {
    out.text(id.toString());
  }

  static NodeId readId(FrameReader in) throws WireException {
    return valid(NodeId::parse, in.text(NodeId.TEXT_LENGTH_MAX * 4));
  }

  static SlotSet readSlotSet(FrameReader in) throws WireException {
    return valid(SlotSet::parse, in.text(SlotSet.TEXT_LENGTH_MAX));
  }

  private static void writeNode(FrameWriter out, NodeInfo node) {
    out.text(node.id().toString()).text(node.pod()).text(node.host()).text(node.address());
  }

  private static NodeInfo readNode(FrameReader in) throws WireException {
    return new NodeInfo(readId(in), in.text(TEXT_MAX), in.text(TEXT_MAX), in.text(TEXT_MAX));
  }

  private static void writeShard(FrameWriter out, Shard shard) {
    NodeId master = shard.master();
    out.i32(shard.id())
        .i64(shard.epoch())
        .text(master == null ? "" : master.toString())
        .bool(shard.handover())
        .list(shard.inSync(), TopologyCodec::writeId)
        .list(shard.electable(), TopologyCodec::writeId)
        .list(shard.learners(), TopologyCodec::writeId);
  }

  private static Shard readShard(FrameReader in) throws WireException {
    int id = in.i32();
    long epoch = in.i64();
    String master = in.text(NodeId.TEXT_LENGTH_MAX * 4);
    return new Shard(
        id,
        epoch,
        master.isEmpty() ? null : valid(NodeId::parse, master),
        in.bool(),
        in.list(NODES_MAX, TopologyCodec::readId),
        in.list(NODES_MAX, TopologyCodec::readId),
        in.list(NODES_MAX, TopologyCodec::readId));
  }

  private static SlotMap readSlots(FrameReader in) throws WireException {
    Map<Integer, SlotSet> byShard = new TreeMap<>();
    int shards = in.list(SHARDS_MAX, entry -> byShard.put(entry.i32(), readSlotSet(entry))).size();
    if (shards != byShard.size()) {
      throw new WireException("slots: a shard is named twice");
    }
    return valid(SlotMap::of, byShard);
  }

  private static void writeMove(FrameWriter out, SlotMove move) {
    out.i64(move.id())
        .text(move.slots().toString())
        .i32(move.from())
        .i32(move.to())
        .i64(move.fromEpoch())
        .i64(move.toEpoch());
  }

  private static SlotMove readMove(FrameReader in) throws WireException {
    return new SlotMove(in.i64(), readSlotSet(in), in.i32(), in.i32(), in.i64(), in.i64());
  }

  /** A value made of what was read; what its own rules refuse is a broken frame. */
  private static <A, B> B valid(Function<A, B> make, A read) throws WireException {
    try {
      return make.apply(read);
    } catch (IllegalArgumentException e) {
      throw new WireException(String.valueOf(e.getMessage()));
    }
  }
}
