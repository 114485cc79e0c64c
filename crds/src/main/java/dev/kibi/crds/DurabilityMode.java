package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kibi.protocol.topology.Durability;

/** {@link Durability} as it is written in a resource. */
public enum DurabilityMode {
  @JsonProperty("required")
  REQUIRED(Durability.REQUIRED),
  @JsonProperty("preferred")
  PREFERRED(Durability.PREFERRED),
  @JsonProperty("async")
  ASYNC(Durability.ASYNC);

  private final Durability durability;

  DurabilityMode(Durability durability) {
    this.durability = durability;
  }

  public Durability durability() {
    return durability;
  }

  public static DurabilityMode of(Durability durability) {
    return switch (durability) {
      case REQUIRED -> REQUIRED;
      case PREFERRED -> PREFERRED;
      case ASYNC -> ASYNC;
    };
  }
}
