package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The memory part of the spec. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class MemorySpec {

  private static final String MAX_MEMORY_RULE =
      "self.matches('^([1-9][0-9]?|100)%$"
          + "|^([1-9][0-9]*([.][0-9]+)?|0[.][0-9]*[1-9][0-9]*)(k|M|G|T|Ki|Mi|Gi|Ti)?$')";

  @JsonPropertyDescription(
      "Data a node may hold: a percentage of the container's memory limit, or a "
          + "quantity such as 512Mi.")
  @Default("75%")
  @Size(min = 1, max = 32)
  @ValidationRule(
      value = MAX_MEMORY_RULE,
      message =
          "memory.maxMemory: expected a percentage from 1% to 100% of the memory limit,"
              + " or a quantity such as 512Mi")
  private String maxMemory = "75%";

  @JsonPropertyDescription("What is evicted when the memory is full, as in Redis.")
  @Default("allkeys-lru")
  private EvictionPolicy evictionPolicy = EvictionPolicy.ALLKEYS_LRU;

  public String getMaxMemory() {
    return maxMemory;
  }

  public void setMaxMemory(String maxMemory) {
    this.maxMemory = maxMemory;
  }

  public EvictionPolicy getEvictionPolicy() {
    return evictionPolicy;
  }

  public void setEvictionPolicy(EvictionPolicy evictionPolicy) {
    this.evictionPolicy = evictionPolicy;
  }
}
