package dev.kibi.crds;

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

/** Topologies that tests start from. */
public final class Samples {

  private Samples() {}

  public static NodeId node(String name) {
    return new NodeId("pod-" + name, "1");
  }

  public static NodeInfo info(String name) {
    return new NodeInfo(
        node(name), "shop-" + name, "shop-" + name + ".shop-nodes.test.svc", "127.0.0.1");
  }

  /**
   * Version 1: shard 0 with master a, in-sync b and learner e; shard 10 with master c and electable
   * d; move 1 of slot 5 from 0 to 10.
   */
  public static Topology twoShards() {
    return new Topology(
        "uid",
        1,
        1,
        1,
        Durability.PREFERRED,
        List.of(info("a"), info("b"), info("c"), info("d"), info("e")),
        List.of(
            new Shard(
                0,
                3,
                node("a"),
                true,
                List.of(node("a"), node("b")),
                List.of(),
                List.of(node("e"))),
            new Shard(10, 1, node("c"), false, List.of(node("c")), List.of(node("d")), List.of())),
        SlotMap.of(Map.of(0, SlotSet.parse("0-340,512"), 10, SlotSet.parse("341-511,513-1023"))),
        List.of(new SlotMove(1, SlotSet.of(5), 0, 10, 3, 1)),
        2);
  }

  /** The version after, in which nothing else is different. */
  public static Topology next(Topology topology) {
    return topology.withDurability(topology.durability());
  }
}
