package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A planned move of slots with their data. */
@ValidationRule(
    value = "self.from != self.to",
    fieldPath = ".to",
    message = "to: the shard that owns the slots already (expected: another one)")
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class TopologyMove {

  @JsonPropertyDescription("The slots that go together, such as 341.")
  @Required
  @Size(min = 1, max = Limits.SLOT_RANGES)
  @Pattern(Limits.SLOT_RANGES_PATTERN)
  private String slots = "";

  @JsonPropertyDescription("Shard that owns them now.")
  @Required
  @Min(0)
  private int from = 0;

  @JsonPropertyDescription("Shard that will own them.")
  @Required
  @Min(0)
  private int to = 0;

  @JsonPropertyDescription("Epoch of the source shard when the move was planned.")
  @Required
  @Min(0)
  private long fromEpoch = 0;

  @JsonPropertyDescription("Epoch of the target shard when the move was planned.")
  @Required
  @Min(0)
  private long toEpoch = 0;

  public String getSlots() {
    return slots;
  }

  public void setSlots(String slots) {
    this.slots = slots;
  }

  public int getFrom() {
    return from;
  }

  public void setFrom(int from) {
    this.from = from;
  }

  public int getTo() {
    return to;
  }

  public void setTo(int to) {
    this.to = to;
  }

  public long getFromEpoch() {
    return fromEpoch;
  }

  public void setFromEpoch(long fromEpoch) {
    this.fromEpoch = fromEpoch;
  }

  public long getToEpoch() {
    return toEpoch;
  }

  public void setToEpoch(long toEpoch) {
    this.toEpoch = toEpoch;
  }
}
