package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the user wants of a cache cluster. */
@ValidationRule(
    value = "self.durability != 'required' || self.replicas >= 1",
    fieldPath = ".durability",
    message =
        "durability: required cannot be kept without a replica"
            + " (expected: replicas of at least 1, better 2)")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class CacheClusterSpec {

  @JsonPropertyDescription(
      "How many masters share the slots. kubectl scale and autoscalers act on this.")
  @Default("3")
  @Min(1)
  @Max(512)
  @SpecReplicas
  private int shards = 3;

  @JsonPropertyDescription("Replicas per shard, besides its master.")
  @Default("1")
  @Min(0)
  @Max(5)
  private int replicas = 1;

  @JsonPropertyDescription(
      "When a write is answered: required waits for two copies and is best with two "
          + "replicas or more, preferred waits for every in-sync copy, async does not wait.")
  @Default("preferred")
  private DurabilityMode durability = DurabilityMode.PREFERRED;

  @JsonPropertyDescription("Image of the cache node.")
  @Default("kibi/node:0.1.0")
  @Size(min = 1, max = 512)
  private String image = "kibi/node:0.1.0";

  @JsonPropertyDescription("When the image is pulled.")
  @Default("IfNotPresent")
  private ImagePullPolicy imagePullPolicy = ImagePullPolicy.IF_NOT_PRESENT;

  @JsonPropertyDescription("Secrets with which the image is pulled, in the cluster's namespace.")
  @Size(max = Limits.PULL_SECRETS)
  private List<LocalObjectReference> imagePullSecrets = new ArrayList<>();

  @JsonPropertyDescription("How much data a node holds and what happens when it is full.")
  @Default("{}")
  private MemorySpec memory = new MemorySpec();

  @JsonPropertyDescription("Requests and limits of the node container.")
  private @Nullable ResourceRequirements resources;

  @JsonPropertyDescription("Where the pods may run.")
  @Default("{}")
  private SchedulingSpec scheduling = new SchedulingSpec();

  @JsonPropertyDescription("What is added to the template of the pods.")
  @Default("{}")
  private NodePodSpec podTemplate = new NodePodSpec();

  @JsonPropertyDescription("How nodes are named.")
  @Default("{}")
  private NetworkingSpec networking = new NetworkingSpec();

  @JsonPropertyDescription("How slots are moved when the number of shards changes.")
  @Default("{}")
  private RebalanceSpec rebalance = new RebalanceSpec();

  @JsonPropertyDescription("Whether each shard gets a PodDisruptionBudget.")
  @Default("{}")
  private PodDisruptionBudgetSpec podDisruptionBudget = new PodDisruptionBudgetSpec();

  @JsonPropertyDescription(
      "Stops the operator from changing anything of this cluster; it still elects " + "masters.")
  @Default("false")
  private boolean paused = false;

  public int getShards() {
    return shards;
  }

  public void setShards(int shards) {
    this.shards = shards;
  }

  public int getReplicas() {
    return replicas;
  }

  public void setReplicas(int replicas) {
    this.replicas = replicas;
  }

  public DurabilityMode getDurability() {
    return durability;
  }

  public void setDurability(DurabilityMode durability) {
    this.durability = durability;
  }

  public String getImage() {
    return image;
  }

  public void setImage(String image) {
    this.image = image;
  }

  public ImagePullPolicy getImagePullPolicy() {
    return imagePullPolicy;
  }

  public void setImagePullPolicy(ImagePullPolicy imagePullPolicy) {
    this.imagePullPolicy = imagePullPolicy;
  }

  public List<LocalObjectReference> getImagePullSecrets() {
    return imagePullSecrets;
  }

  public void setImagePullSecrets(List<LocalObjectReference> imagePullSecrets) {
    this.imagePullSecrets = imagePullSecrets;
  }

  public MemorySpec getMemory() {
    return memory;
  }

  public void setMemory(MemorySpec memory) {
    this.memory = memory;
  }

  public @Nullable ResourceRequirements getResources() {
    return resources;
  }

  public void setResources(@Nullable ResourceRequirements resources) {
    this.resources = resources;
  }

  public SchedulingSpec getScheduling() {
    return scheduling;
  }

  public void setScheduling(SchedulingSpec scheduling) {
    this.scheduling = scheduling;
  }

  public NodePodSpec getPodTemplate() {
    return podTemplate;
  }

  public void setPodTemplate(NodePodSpec podTemplate) {
    this.podTemplate = podTemplate;
  }

  public NetworkingSpec getNetworking() {
    return networking;
  }

  public void setNetworking(NetworkingSpec networking) {
    this.networking = networking;
  }

  public RebalanceSpec getRebalance() {
    return rebalance;
  }

  public void setRebalance(RebalanceSpec rebalance) {
    this.rebalance = rebalance;
  }

  public PodDisruptionBudgetSpec getPodDisruptionBudget() {
    return podDisruptionBudget;
  }

  public void setPodDisruptionBudget(PodDisruptionBudgetSpec podDisruptionBudget) {
    this.podDisruptionBudget = podDisruptionBudget;
  }

  public boolean isPaused() {
    return paused;
  }

  public void setPaused(boolean paused) {
    this.paused = paused;
  }
}
