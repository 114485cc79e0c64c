package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Slots on their way between shards. */
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class RebalanceStatus {

  @JsonPropertyDescription("Slots whose move is not planned yet.")
  private int pendingSlots = 0;

  @JsonPropertyDescription("Slots in a planned move.")
  private int movingSlots = 0;

  public int getPendingSlots() {
    return pendingSlots;
  }

  public void setPendingSlots(int pendingSlots) {
    this.pendingSlots = pendingSlots;
  }

  public int getMovingSlots() {
    return movingSlots;
  }

  public void setMovingSlots(int movingSlots) {
    this.movingSlots = movingSlots;
  }
}
