package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One shard as people see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class ShardStatus {

  @JsonPropertyDescription("The shard.")
  @Required
  private int id = 0;

  @JsonPropertyDescription("Pod of the master; absent while there is none.")
  private @Nullable String master;

  @JsonPropertyDescription("Rises with every change of master.")
  private long epoch = 0;

  @JsonPropertyDescription("Slots that the shard owns.")
  private int slots = 0;

  @JsonPropertyDescription("Copies that hold every acknowledged write.")
  private int inSync = 0;

  @JsonPropertyDescription("Nodes that belong to the shard.")
  private int nodes = 0;

  public int getId() {
    return id;
  }

  public void setId(int id) {
    this.id = id;
  }

  public @Nullable String getMaster() {
    return master;
  }

  public void setMaster(@Nullable String master) {
    this.master = master;
  }

  public long getEpoch() {
    return epoch;
  }

  public void setEpoch(long epoch) {
    this.epoch = epoch;
  }

  public int getSlots() {
    return slots;
  }

  public void setSlots(int slots) {
    this.slots = slots;
  }

  public int getInSync() {
    return inSync;
  }

  public void setInSync(int inSync) {
    this.inSync = inSync;
  }

  public int getNodes() {
    return nodes;
  }

  public void setNodes(int nodes) {
    this.nodes = nodes;
  }
}
