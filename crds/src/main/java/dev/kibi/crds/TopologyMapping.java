package dev.kibi.crds;

import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link Topology} to {@link CacheTopologySpec} and back, without loss; the operation id is the
 * stored form's alone.
 */
public final class TopologyMapping {

  private TopologyMapping() {}

  /** The stored form of a topology that an operation writes. */
  public static CacheTopologySpec toSpec(Topology topology, String opId) {
    CacheTopologySpec spec = new CacheTopologySpec();
    spec.setClusterUid(topology.clusterUid());
    spec.setGeneration(topology.generation());
    spec.setVersion(topology.version());
    spec.setLanes(topology.lanes());
    spec.setDurability(DurabilityMode.of(topology.durability()));
    spec.setOpId(opId);
    spec.setNodes(topology.nodes().stream().map(TopologyMapping::toSpec).toList());
    topology
        .shards()
        .forEach(shard -> spec.getShards().put(Integer.toString(shard.id()), toSpec(shard)));
    topology.slots().byShard().forEach((shard, slots) -> spec.getSlots().add(toSpec(shard, slots)));
    topology.moves().forEach(move -> spec.getMoves().put(Long.toString(move.id()), toSpec(move)));
    spec.setNextMoveId(topology.nextMoveId());
    return spec;
  }

  /**
   * The topology that a resource holds.
   *
   * @throws IllegalArgumentException naming what is no topology
   */
  public static Topology toTopology(CacheTopologySpec spec) {
    SortedMap<Integer, SlotSet> slots = new TreeMap<>();
    for (TopologySlots owned : spec.getSlots()) {
      slots.merge(owned.getShard(), SlotSet.parse(owned.getRanges()), SlotSet::union);
    }
    return new Topology(
        spec.getClusterUid(),
        spec.getGeneration(),
        spec.getVersion(),
        spec.getLanes(),
        spec.getDurability().durability(),
        spec.getNodes().stream().map(TopologyMapping::toNode).toList(),
        spec.getShards().entrySet().stream()
            .map(TopologyMapping::toShard)
            .sorted(Comparator.comparingInt(Shard::id))
            .toList(),
        SlotMap.of(slots),
        spec.getMoves().entrySet().stream()
            .map(TopologyMapping::toMove)
            .sorted(Comparator.comparingLong(SlotMove::id))
            .toList(),
        spec.getNextMoveId());
  }

  private static TopologyNode toSpec(NodeInfo node) {
    TopologyNode spec = new TopologyNode();
    spec.setId(node.id().toString());
    spec.setPod(node.pod());
    spec.setHost(node.host());
    spec.setAddress(node.address());
    return spec;
  }

  private static NodeInfo toNode(TopologyNode spec) {
    return new NodeInfo(
        NodeId.parse(spec.getId()), spec.getPod(), spec.getHost(), spec.getAddress());
  }

  private static TopologyShard toSpec(Shard shard) {
    TopologyShard spec = new TopologyShard();
    NodeId master = shard.master();
    spec.setEpoch(shard.epoch());
    spec.setMaster(master == null ? null : master.toString());
    spec.setHandover(shard.handover());
    spec.setInSync(texts(shard.inSync()));
    spec.setElectable(texts(shard.electable()));
    spec.setLearners(texts(shard.learners()));
    return spec;
  }

  private static Shard toShard(Map.Entry<String, TopologyShard> entry) {
    TopologyShard spec = entry.getValue();
    String master = spec.getMaster();
    return new Shard(
        (int) number("shards", entry.getKey(), Integer.MAX_VALUE),
        spec.getEpoch(),
        master == null ? null : NodeId.parse(master),
        spec.isHandover(),
        nodes(spec.getInSync()),
        nodes(spec.getElectable()),
        nodes(spec.getLearners()));
  }

  private static TopologySlots toSpec(int shard, SlotSet slots) {
    TopologySlots spec = new TopologySlots();
    spec.setShard(shard);
    spec.setRanges(slots.toString());
    return spec;
  }

  private static TopologyMove toSpec(SlotMove move) {
    TopologyMove spec = new TopologyMove();
    spec.setSlots(move.slots().toString());
    spec.setFrom(move.from());
    spec.setTo(move.to());
    spec.setFromEpoch(move.fromEpoch());
    spec.setToEpoch(move.toEpoch());
    return spec;
  }

  private static SlotMove toMove(Map.Entry<String, TopologyMove> entry) {
    TopologyMove spec = entry.getValue();
    return new SlotMove(
        number("moves", entry.getKey(), Long.MAX_VALUE),
        SlotSet.parse(spec.getSlots()),
        spec.getFrom(),
        spec.getTo(),
        spec.getFromEpoch(),
        spec.getToEpoch());
  }

  private static List<String> texts(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::toString).toList();
  }

  private static List<NodeId> nodes(List<String> texts) {
    return texts.stream().map(NodeId::parse).toList();
  }

  private static long number(String field, String key, long max) {
    try {
      long number = Long.parseLong(key);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notAnId(field, key), e);
    }
    throw new IllegalArgumentException(notAnId(field, key));
  }

  private static String notAnId(String field, String key) {
    return field + ": \"" + key + "\" (expected: an id, 0 and up)";
  }
}
