package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cluster is at one version; the stored form of {@link dev.kibi.protocol.topology.Topology}.
 *
 * <p>Every writer replaces it as a whole by compare-and-set. The rules here are the second guard
 * behind {@link dev.kibi.protocol.topology.TopologyRules}: the API server refuses what a faulty
 * writer would break. They look shards and moves up by key, because the cost that an API server
 * estimates for a rule that compares two lists would be over its budget.
 */
@ValidationRule(
    value = "self.clusterUid == oldSelf.clusterUid",
    message = "clusterUid: belongs to the cluster for ever (expected: unchanged)")
@ValidationRule(
    value =
        "self == oldSelf || self.version == oldSelf.version + 1", // equal: only metadata changed
    message = "version: another writer was first (expected: one more than before)")
@ValidationRule(
    value = "self.generation == oldSelf.generation || self.generation == oldSelf.generation + 1",
    message = "generation: (expected: as before, or one more in an unclean recovery)")
@ValidationRule(
    value = "self.lanes == oldSelf.lanes",
    message = "lanes: fixed for the life of a cluster (expected: unchanged)")
@ValidationRule(
    value = "self.nextMoveId >= oldSelf.nextMoveId",
    message = "nextMoveId: (expected: not less than before)")
@ValidationRule(
    value =
        "self.shards.all(id, !(id in oldSelf.shards) "
            + "|| self.shards[id].epoch >= oldSelf.shards[id].epoch)",
    message = "shards: an epoch fell (expected: not less than before)")
@ValidationRule(
    value =
        "self.shards.all(id, !(id in oldSelf.shards) || !has(self.shards[id].master) "
            + "|| (has(oldSelf.shards[id].master) && self.shards[id].master == oldSelf.shards[id].master) "
            + "|| self.shards[id].epoch > oldSelf.shards[id].epoch)",
    message = "shards: a new master in an old epoch (expected: a higher epoch)")
@ValidationRule(
    value =
        "self.generation > oldSelf.generation "
            + "|| self.shards.all(id, !(id in oldSelf.shards) || !has(self.shards[id].master) "
            + "|| (has(oldSelf.shards[id].master) && self.shards[id].master == oldSelf.shards[id].master) "
            + "|| (has(oldSelf.shards[id].inSync) && self.shards[id].master in oldSelf.shards[id].inSync) "
            + "|| (has(oldSelf.shards[id].electable) && self.shards[id].master in oldSelf.shards[id].electable))",
    message =
        "shards: a new master that may lack acknowledged writes (expected: one of inSync or electable)")
@ValidationRule(
    value = "self.moves.all(id, id in oldSelf.moves || int(id) >= oldSelf.nextMoveId)",
    message = "moves: an id is used again (expected: ids from nextMoveId on)")
@ValidationRule(
    value = "self.slots.all(owner, string(owner.shard) in self.shards)",
    message = "slots: an owner is no shard (expected: an id of shards)")
@ValidationRule(
    value = "self.moves.all(id, int(id) < self.nextMoveId)",
    message = "moves: an id is not below nextMoveId (expected: nextMoveId above all of them)")
@ValidationRule(
    value =
        "self.moves.all(id, string(self.moves[id].from) in self.shards "
            + "&& string(self.moves[id].to) in self.shards)",
    message = "moves: from or to is no shard (expected: ids of shards)")
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class CacheTopologySpec {

  @JsonPropertyDescription("Uid of the CacheCluster; never changes.")
  @Required
  @Size(min = 1, max = Limits.UID)
  private String clusterUid = "";

  @JsonPropertyDescription("Rises with every unclean recovery, which may lose acknowledged writes.")
  @Required
  @Min(0)
  private long generation = 0;

  @JsonPropertyDescription("Rises by one with every change.")
  @Required
  @Min(1)
  private long version = 0;

  @JsonPropertyDescription("Logs per shard, the same on all nodes; never changes.")
  @Required
  @Min(1)
  @Max(256)
  private int lanes = 1;

  @JsonPropertyDescription("When a write is answered.")
  @Required
  private DurabilityMode durability = DurabilityMode.PREFERRED;

  @JsonPropertyDescription("The operation that wrote this version.")
  @Required
  @Size(min = 1, max = Limits.OP_ID)
  private String opId = "";

  @JsonPropertyDescription("How to reach every node that a shard names.")
  @Size(max = Limits.NODES)
  private List<TopologyNode> nodes = new ArrayList<>();

  @JsonPropertyDescription("The shards by their id.")
  @Required
  @Size(max = Limits.SHARDS)
  private SortedMap<String, TopologyShard> shards = new TreeMap<>();

  @JsonPropertyDescription("Owner of each of the 1024 slots.")
  @Required
  @Size(min = 1, max = Limits.SHARDS)
  private List<TopologySlots> slots = new ArrayList<>();

  @JsonPropertyDescription("Slot moves that are planned and not committed, by their id.")
  @Required
  @Size(max = Limits.MOVES)
  private SortedMap<String, TopologyMove> moves = new TreeMap<>();

  @JsonPropertyDescription("The id that the next planned move gets; ids are never used again.")
  @Required
  @Min(1)
  private long nextMoveId = 1;

  public String getClusterUid() {
    return clusterUid;
  }

  public void setClusterUid(String clusterUid) {
    this.clusterUid = clusterUid;
  }

  public long getGeneration() {
    return generation;
  }

  public void setGeneration(long generation) {
    this.generation = generation;
  }

  public long getVersion() {
    return version;
  }

  public void setVersion(long version) {
    this.version = version;
  }

  public int getLanes() {
    return lanes;
  }

  public void setLanes(int lanes) {
    this.lanes = lanes;
  }

  public DurabilityMode getDurability() {
    return durability;
  }

  public void setDurability(DurabilityMode durability) {
    this.durability = durability;
  }

  public String getOpId() {
    return opId;
  }

  public void setOpId(String opId) {
    this.opId = opId;
  }

  public List<TopologyNode> getNodes() {
    return nodes;
  }

  public void setNodes(List<TopologyNode> nodes) {
    this.nodes = nodes;
  }

  public SortedMap<String, TopologyShard> getShards() {
    return shards;
  }

  public void setShards(SortedMap<String, TopologyShard> shards) {
    this.shards = shards;
  }

  public List<TopologySlots> getSlots() {
    return slots;
  }

  public void setSlots(List<TopologySlots> slots) {
    this.slots = slots;
  }

  public SortedMap<String, TopologyMove> getMoves() {
    return moves;
  }

  public void setMoves(SortedMap<String, TopologyMove> moves) {
    this.moves = moves;
  }

  public long getNextMoveId() {
    return nextMoveId;
  }

  public void setNextMoveId(long nextMoveId) {
    this.nextMoveId = nextMoveId;
  }
}
