package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for people; nothing reads it back as truth. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class CacheClusterStatus {

  @JsonPropertyDescription("The generation of the spec that this status answers.")
  private @Nullable Long observedGeneration;

  @JsonPropertyDescription(
      "Shards that exist now; more than spec.shards while some are being emptied.")
  @StatusReplicas
  private @Nullable Integer shards;

  @JsonPropertyDescription("Shards with a master that serves.")
  private @Nullable Integer readyShards;

  @JsonPropertyDescription("Replicas per shard.")
  private @Nullable Integer replicas;

  @JsonPropertyDescription("Selects the masters: an autoscaler averages over the pods it selects.")
  @LabelSelector
  private @Nullable String selector;

  @JsonPropertyDescription("Where clients connect.")
  private @Nullable EndpointsStatus endpoints;

  @JsonPropertyDescription("Version of the topology that this status describes.")
  private @Nullable Long version;

  @JsonPropertyDescription(
      "Generation of the topology: one more than the times that shards lost all their copies, "
          + "each of which an Event has told.")
  private @Nullable Long dataGeneration;

  @JsonPropertyDescription("Each shard, by rising id.")
  private List<ShardStatus> shardStatuses = new ArrayList<>();

  @JsonPropertyDescription("Slots on their way between shards.")
  private @Nullable RebalanceStatus rebalance;

  @JsonPropertyDescription(
      "Ready, SpecAccepted, SlotsCovered, Replicated and Rebalancing; the reason is "
          + "always set.")
  private List<Condition> conditions = new ArrayList<>();

  public @Nullable Long getObservedGeneration() {
    return observedGeneration;
  }

  public void setObservedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
  }

  public @Nullable Integer getShards() {
    return shards;
  }

  public void setShards(@Nullable Integer shards) {
    this.shards = shards;
  }

  public @Nullable Integer getReadyShards() {
    return readyShards;
  }

  public void setReadyShards(@Nullable Integer readyShards) {
    this.readyShards = readyShards;
  }

  public @Nullable Integer getReplicas() {
    return replicas;
  }

  public void setReplicas(@Nullable Integer replicas) {
    this.replicas = replicas;
  }

  public @Nullable String getSelector() {
    return selector;
  }

  public void setSelector(@Nullable String selector) {
    this.selector = selector;
  }

  public @Nullable EndpointsStatus getEndpoints() {
    return endpoints;
  }

  public void setEndpoints(@Nullable EndpointsStatus endpoints) {
    this.endpoints = endpoints;
  }

  public @Nullable Long getVersion() {
    return version;
  }

  public void setVersion(@Nullable Long version) {
    this.version = version;
  }

  public @Nullable Long getDataGeneration() {
    return dataGeneration;
  }

  public void setDataGeneration(@Nullable Long dataGeneration) {
    this.dataGeneration = dataGeneration;
  }

  public List<ShardStatus> getShardStatuses() {
    return shardStatuses;
  }

  public void setShardStatuses(List<ShardStatus> shardStatuses) {
    this.shardStatuses = shardStatuses;
  }

  public @Nullable RebalanceStatus getRebalance() {
    return rebalance;
  }

  public void setRebalance(@Nullable RebalanceStatus rebalance) {
    this.rebalance = rebalance;
  }

  public List<Condition> getConditions() {
    return conditions;
  }

  public void setConditions(List<Condition> conditions) {
    this.conditions = conditions;
  }
}
