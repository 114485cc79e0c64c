package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One shard: who leads it, since which epoch, and whose copies count. */
@ValidationRule(
    value = "!has(self.master) || (has(self.inSync) && self.master in self.inSync)",
    fieldPath = ".master",
    message = "master: not in sync with itself (expected: a member of inSync)")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class TopologyShard {

  @JsonPropertyDescription("Rises with every change of master.")
  @Required
  @Min(0)
  private long epoch = 0;

  @JsonPropertyDescription("The node that serves writes; absent while nobody can.")
  @Size(max = Limits.NODE_ID)
  private @Nullable String master;

  @JsonPropertyDescription("Whether the master got the shard in a planned switchover.")
  private boolean handover = false;

  @JsonPropertyDescription("Nodes that hold every acknowledged write, in the order they joined.")
  @Size(max = Limits.MEMBERS)
  private List<String> inSync = new ArrayList<>();

  @JsonPropertyDescription("Nodes taken out of inSync that may still be elected.")
  @Size(max = Limits.MEMBERS)
  private List<String> electable = new ArrayList<>();

  @JsonPropertyDescription("Nodes that copy the shard and count for nothing yet.")
  @Size(max = Limits.MEMBERS)
  private List<String> learners = new ArrayList<>();

  public long getEpoch() {
    return epoch;
  }

  public void setEpoch(long epoch) {
    this.epoch = epoch;
  }

  public @Nullable String getMaster() {
    return master;
  }

  public void setMaster(@Nullable String master) {
    this.master = master;
  }

  public boolean isHandover() {
    return handover;
  }

  public void setHandover(boolean handover) {
    this.handover = handover;
  }

  public List<String> getInSync() {
    return inSync;
  }

  public void setInSync(List<String> inSync) {
    this.inSync = inSync;
  }

  public List<String> getElectable() {
    return electable;
  }

  public void setElectable(List<String> electable) {
    this.electable = electable;
  }

  public List<String> getLearners() {
    return learners;
  }

  public void setLearners(List<String> learners) {
    this.learners = learners;
  }
}
