package dev.kibi.protocol.topology;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import java.util.List;
import java.util.Map;

/** Topologies that tests start from. */
public final class Topologies {

  private Topologies() {}

  /** The node {@code pod-name/1}. */
  public static NodeId node(String name) {
    return new NodeId("pod-" + name, "1");
  }

  public static NodeInfo info(String name) {
    return new NodeInfo(node(name), "cache-" + name, "", "127.0.0.1");
  }

  /** Two shards: 0 with master a, in-sync b; 1 with master c, learner d. Version 1. */
  public static Topology twoShards() {
    return new Topology(
        "uid",
        1,
        1,
        1,
        Durability.PREFERRED,
        List.of(info("a"), info("b"), info("c"), info("d")),
        List.of(
            new Shard(0, 1, node("a"), false, List.of(node("a"), node("b")), List.of(), List.of()),
            Shard.bootstrap(1, node("c"), List.of(node("d")))),
        SlotMap.of(Map.of(0, SlotSet.parse("0-511"), 1, SlotSet.parse("512-1023"))),
        List.of(),
        1);
  }
}
