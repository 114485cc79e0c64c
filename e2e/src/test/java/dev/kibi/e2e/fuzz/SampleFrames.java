package dev.kibi.e2e.fuzz;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.EpochStart;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A frame of every type. */
final class SampleFrames {

  private static final NodeId A = new NodeId("pod-a", "1f");
  private static final NodeId B = new NodeId("pod-b", "2e");
  private static final NodeId C = new NodeId("pod-c", "3d");

  private SampleFrames() {}

  static List<Frame> all() {
    List<EpochStart> history = List.of(new EpochStart(1, 0), new EpochStart(3, 77));
    ByteBuffer effects = ByteBuffer.wrap(SampleEffects.all().getFirst());
    return List.of(
        new Frame.OperatorHello("cluster-uid", "pod-a"),
        new Frame.TopologyPush(topology()),
        new Frame.Report(report()),
        new Frame.Follow("cluster-uid", "pod-a", 1, 4, B, 900, 850, history),
        new Frame.Resume(4, 77, history),
        new Frame.SnapshotBegin(4, 77, history),
        new Frame.SnapshotChunk(4, effects),
        new Frame.SnapshotEnd(4, 88),
        new Frame.Append(4, 88, 70, 123456789L, effects),
        new Frame.Append(4, 90, 90, -1, ByteBuffer.allocate(0)),
        new Frame.Ack(4, B, 90, 123456789L),
        new Frame.Nack(1, 5, C),
        new Frame.MoveBegin("cluster-uid", "pod-c", 12, SlotSet.parse("5,7-9"), 3, 4, 2),
        new Frame.MoveData(12, 2, effects),
        new Frame.MoveEnd(12, 2),
        new Frame.CaughtUp(12, 3, 4, 2),
        new Frame.MoveRefused(12, 2, "not yet known"),
        new Frame.Switchover(1, 4, B),
        new Frame.Leave(4, B));
  }

  private static Topology topology() {
    Shard both = new Shard(0, 4, A, false, List.of(A, B), List.of(), List.of());
    return new Topology(
            "cluster-uid",
            1,
            9,
            1,
            Durability.PREFERRED,
            List.of(info("a", A), info("b", B), info("c", C)),
            List.of(both, Shard.bootstrap(1, C, List.of())),
            SlotMap.of(Map.of(0, SlotSet.parse("0-511"), 1, SlotSet.parse("512-1023"))),
            List.of(),
            1)
        .withPlanned(List.of(new SlotMove(0, SlotSet.parse("3-4,9"), 0, 1, 4, 1)));
  }

  private static NodeInfo info(String name, NodeId id) {
    return new NodeInfo(id, "cache-" + name, "zone-" + name, "10.0.0.1");
  }

  private static NodeReport report() {
    return new NodeReport(
        "cluster-uid",
        A,
        "cache-0-0",
        "machine",
        "10.0.0.5",
        1,
        NodeRole.FOLLOWER,
        9,
        3,
        3,
        1234,
        1200,
        true,
        true,
        List.of(B),
        5,
        600,
        7000);
  }
}
