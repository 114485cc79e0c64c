package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How strictly the copies of a shard are kept apart. */
public enum SpreadMode {
  /** Apart where there is room, together where there is not. */
  @JsonProperty("preferred")
  PREFERRED,
  /** Apart, or not at all: a pod without a place of its own waits. */
  @JsonProperty("required")
  REQUIRED,
  /** Wherever the scheduler puts them. */
  @JsonProperty("off")
  OFF
}
