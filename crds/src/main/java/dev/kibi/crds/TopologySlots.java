package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The slots of one shard. */
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class TopologySlots {

  @JsonPropertyDescription("The owner.")
  @Required
  @Min(0)
  private int shard = 0;

  @JsonPropertyDescription("Its slots, such as 0-340,512.")
  @Required
  @Size(min = 1, max = Limits.SLOT_RANGES)
  @Pattern(Limits.SLOT_RANGES_PATTERN)
  private String ranges = "";

  public int getShard() {
    return shard;
  }

  public void setShard(int shard) {
    this.shard = shard;
  }

  public String getRanges() {
    return ranges;
  }

  public void setRanges(String ranges) {
    this.ranges = ranges;
  }
}
