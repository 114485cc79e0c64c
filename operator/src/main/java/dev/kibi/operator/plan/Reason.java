package dev.kibi.operator.plan;

import java.util.Locale;

/**
 * Why the operator does something, or does not. Each has one sentence; the message of a step or
 * hold adds the names and numbers. The name in camel case is the reason of Events and conditions.
 */
public enum Reason {
  // steps
  BOOTSTRAP("The first topology: every shard has a node that can lead it."),
  MASTER_LOST("A master is lost; the best copy of its shard takes over."),
  ALL_COPIES_LOST(
      "Every in-sync copy of a shard is dead or given up; what they held is lost, the shard goes on with what is left."),
  MEMBERS_CHANGED("Nodes came or went."),
  SHARDS_ADDED("The spec asks for more shards."),
  SHARDS_REMOVED("The spec asks for fewer shards and these own no slot any more."),
  DURABILITY_CHANGED("The spec asks for another durability."),
  MOVES_CANCELLED(
      "Slot moves are taken back: they no longer lead where the spec points, or a master changed."),
  SLOTS_UNBALANCED("Slots move so that every shard owns its share."),
  // disruptions
  EMPTY_POD_OUTDATED("A pod of an earlier template that holds no data is replaced at once."),
  POD_OUTDATED("A pod of an earlier template is replaced, its shard being in sync."),
  MASTER_OUTDATED(
      "A master whose pod is to be replaced hands over to a replica of the new template."),
  MASTER_TO_GO("A master whose pod the spec has no place for hands over to a replica that stays."),
  SWITCHOVER_REQUESTED("A person asked for another master."),

  // holds
  PAUSED("The spec pauses the cluster."),
  REBALANCE_PAUSED("The spec pauses the rebalance."),
  WAITING_FOR_NODES("A shard waits for its first node."),
  WAITING_FOR_COPIES("A shard has no master and waits for a copy that may still live."),
  CONFIRMATION_UNUSABLE(
      "The annotation confirms an unclean recovery that nothing waits for, or none at all."),
  WAITING_FOR_MASTER("Slots do not move while a master is not heard."),
  WAITING_FOR_REPLICAS("Slots do not move to a shard with fewer than two in-sync copies."),
  SLOTS_WAIT_FOR_ROLLOUT("Slots do not move while the pods of a shard are being replaced."),
  ROLLOUT_WAITING("The next pod is replaced when every copy is in sync."),
  SWITCHOVER_WAITING("The switchover asked for waits until both sides can do it."),
  NOT_ENOUGH_MEMORY("The scale-down is refused: the remaining shards cannot hold the data."),
  FOREIGN_TOPOLOGY("The stored topology belongs to another cluster; a person must decide."),
  TOPOLOGY_MISSING("Nodes have a topology and the API server has none; a person must restore it."),
  TOPOLOGY_WENT_BACK("Nodes have a newer topology than the API server; a person must decide.");

  private final String sentence;

  Reason(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }

  /** The name as Kubernetes writes reasons, for example {@code MasterLost}. */
  public String camelCase() {
    StringBuilder text = new StringBuilder();
    for (String word : name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
