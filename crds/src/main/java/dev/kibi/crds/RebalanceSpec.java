package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** The rebalance part of the spec. */
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class RebalanceSpec {

  @JsonPropertyDescription("Plans no new slot moves; those in flight are finished.")
  @Default("false")
  private boolean paused = false;

  @JsonPropertyDescription("Slots that one node gives away at a time.")
  @Default("4")
  @Min(1)
  @Max(16)
  private int maxConcurrentMoves = 4;

  public boolean isPaused() {
    return paused;
  }

  public void setPaused(boolean paused) {
    this.paused = paused;
  }

  public int getMaxConcurrentMoves() {
    return maxConcurrentMoves;
  }

  public void setMaxConcurrentMoves(int maxConcurrentMoves) {
    this.maxConcurrentMoves = maxConcurrentMoves;
  }
}
