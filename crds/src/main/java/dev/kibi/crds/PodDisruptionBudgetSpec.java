package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The disruption budget part of the spec. */
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class PodDisruptionBudgetSpec {

  @JsonPropertyDescription("At most one pod of a shard may be evicted at a time.")
  @Default("true")
  private boolean enabled = true;

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
